import type { Timed } from '../decision.ts';
import type { StockCommand } from './commands.ts';
import { noteTime } from './due.ts';
import { cancelHold, confirmHold, expireDue, extendHold, hold, setHoldLimits } from './decide-holds.ts';
import { lend, returnLend } from './decide-lends.ts';
import { releaseOrder, reserveForOrder, shipOrder } from './decide-reservations.ts';
import { adjust, discontinue, provide, purchase, reinstate, setCapacity, setClosingTime } from './decide-units.ts';
import type { Stock } from './state.ts';
import type { StockDecision } from './stock-decision.ts';

export function decideStock(command: Timed<StockCommand>, stock: Stock): StockDecision {
  switch (command.type) {
    case 'Provide':
      return provide(command, stock);
    case 'Adjust':
      return adjust(command, stock);
    case 'SetCapacity':
      return setCapacity(command, stock);
    case 'Purchase':
      return purchase(command, stock);
    case 'Hold':
      return hold(command, stock);
    case 'ExtendHold':
      return extendHold(command, stock);
    case 'ConfirmHold':
      return confirmHold(command, stock);
    case 'CancelHold':
      return cancelHold(command, stock);
    case 'ExpireDue':
      return expireDue(command, stock);
    case 'NoteTime':
      return noteTime(stock);
    case 'ReserveForOrder':
      return reserveForOrder(command, stock);
    case 'ReleaseOrder':
      return releaseOrder(command, stock);
    case 'ShipOrder':
      return shipOrder(command, stock);
    case 'Lend':
      return lend(command, stock);
    case 'Return':
      return returnLend(command, stock);
    case 'SetHoldLimits':
      return setHoldLimits(command, stock);
    case 'SetClosingTime':
      return setClosingTime(command, stock);
    case 'Discontinue':
      return discontinue(stock);
    case 'Reinstate':
      return reinstate(stock);
  }
}
