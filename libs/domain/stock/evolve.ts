import type { Balance, StockEvent } from './events.ts';

export interface Stock {
  readonly balance: Balance;
}

export const emptyStock: Stock = { balance: { total: 0, taken: 0, held: 0, reserved: 0, lent: 0, available: 0 } };

export function evolveStock(_stock: Stock, event: StockEvent): Stock {
  switch (event.type) {
    case 'UnitsProvided':
      return { balance: event.balance };
  }
}
