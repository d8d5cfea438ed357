import type { Aggregate, Timed } from '../aggregate.ts';
import type { StockCommand, StockDecision, StockRejection } from './commands.ts';
import {
  cancelHold,
  confirmHold,
  expireDue,
  extendHold,
  hold,
  releaseOrder,
  reserveForOrder,
  shipOrder,
} from './decide-claims.ts';
import { lend, lendHeld, markOverdue, renewLend, returnLend } from './decide-lends.ts';
import { cancelSending, receiveUnits, sendUnits } from './decide-transfers.ts';
import {
  adjust,
  count,
  discontinue,
  giveBack,
  noteTime,
  openPlaces,
  provide,
  purchase,
  reinstate,
  setCapacity,
  setClosingTime,
  setSaleTerms,
} from './decide-units.ts';
import { stockEvents, type StockEvent } from './events.ts';
import { stockSnapshots } from './snapshot.ts';
import { emptyStock, evolveStock, type Stock } from './state.ts';
import type { InventoryId, ItemId, SlotId } from '../ids.ts';

/** A stock is units of one item in one inventory, or the places of one slot. */
export type StockId = ItemStockId | { readonly kind: 'slot'; readonly slotId: SlotId };

export interface ItemStockId {
  readonly kind: 'item';
  readonly itemId: ItemId;
  readonly inventoryId: InventoryId;
}

/** The inventory that sales come from. */
export const mainInventory = 1;

export function itemStock(itemId: ItemId, inventoryId: InventoryId = mainInventory): ItemStockId {
  return { kind: 'item', itemId, inventoryId };
}

export function slotStock(slotId: SlotId): StockId {
  return { kind: 'slot', slotId };
}

export function stockStream(stock: StockId): string {
  return stock.kind === 'item' ? `stock-item:${stock.itemId}:${stock.inventoryId}` : `stock-slot:${stock.slotId}`;
}

const stockStreamName = /^stock-(?:item:([^:]+):(\d+)|slot:(\d+))$/;

/** The stock whose stream this is; undefined for any other stream. */
export function stockOfStream(name: string): StockId | undefined {
  const [, itemId, inventoryId, slotId] = stockStreamName.exec(name) ?? [];
  if (slotId !== undefined) return slotStock(Number(slotId));
  return itemId === undefined ? undefined : itemStock(itemId, Number(inventoryId));
}

function decide(command: Timed<StockCommand>, stock: Stock): StockDecision {
  switch (command.type) {
    case 'Provide':
      return provide(command, stock);
    case 'Adjust':
      return adjust(command, stock);
    case 'Count':
      return count(command, stock);
    case 'SetCapacity':
      return setCapacity(command, stock);
    case 'OpenPlaces':
      return openPlaces(command, stock);
    case 'Purchase':
      return purchase(command, stock);
    case 'GiveBack':
      return giveBack(command, stock);
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
    case 'LendHeld':
      return lendHeld(command, stock);
    case 'Return':
      return returnLend(command, stock);
    case 'RenewLend':
      return renewLend(command, stock);
    case 'MarkOverdue':
      return markOverdue(command, stock);
    case 'SendUnits':
      return sendUnits(command, stock);
    case 'ReceiveUnits':
      return receiveUnits(command, stock);
    case 'CancelSending':
      return cancelSending(command, stock);
    case 'SetSaleTerms':
      return setSaleTerms(command, stock);
    case 'SetClosingTime':
      return setClosingTime(command, stock);
    case 'Discontinue':
      return discontinue(stock);
    case 'Reinstate':
      return reinstate(stock);
  }
}

/** Due holds are expired before any command is decided, so that their units are available to it. */
function due(stock: Stock, at: number): StockCommand | undefined {
  const [, holdId] = stock.holdsByDue.first() ?? [];
  const next = holdId === undefined ? undefined : stock.holds.get(holdId);
  return next !== undefined && next.expiresAt <= at ? { type: 'ExpireDue' } : undefined;
}

/** Units of one item in one inventory, or the places of one slot, with the claims on them. */
export const stockAggregate = {
  category: 'stock',
  streamOf: stockStream,
  events: stockEvents,
  initial: emptyStock,
  evolve: evolveStock,
  decide,
  due,
  noteTime: { type: 'NoteTime' },
  snapshots: stockSnapshots,
} satisfies Aggregate<StockId, Stock, StockCommand, StockEvent, StockRejection>;
