import { reject, type Decision, type Timed } from '../decision.ts';
import { unitsMax, type StockCommand, type StockRejection } from './commands.ts';
import type { Balance, StockEvent } from './events.ts';
import type { Stock } from './evolve.ts';

export function decideStock(command: Timed<StockCommand>, { balance }: Stock): Decision<StockEvent, StockRejection> {
  switch (command.type) {
    case 'Provide': {
      const { quantity } = command;
      if (balance.total + quantity > unitsMax) return reject({ code: 'TOO_MANY_UNITS', unitsMax });
      return [{ type: 'UnitsProvided', quantity, balance: provided(balance, quantity) }];
    }
  }
}

function provided(balance: Balance, quantity: number): Balance {
  return { ...balance, total: balance.total + quantity, available: balance.available + quantity };
}
