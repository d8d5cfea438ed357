import type { StockCommand } from './commands.ts';
import type { Stock } from './state.ts';
import type { StockDecision } from './stock-decision.ts';

/** Holds whose time is up are ended before anybody's command is decided: their units are there for the next buyer. */
export function dueOnStock(stock: Stock, at: number): StockCommand | undefined {
  const [, holdId] = stock.holdsByDue.first() ?? [];
  const next = holdId === undefined ? undefined : stock.holds.get(holdId);
  return next !== undefined && next.expiresAt <= at ? { type: 'ExpireDue' } : undefined;
}

/** Records that a time has come, and nothing else. */
export const noteTimeOnStock = { type: 'NoteTime' } as const satisfies StockCommand;

export function noteTime({ balance }: Stock): StockDecision {
  return [{ type: 'TimeNoted', balance }];
}
