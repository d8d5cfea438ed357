import type { Decision, Timed } from '../decision.ts';
import type { StockCommand, StockRejection } from './commands.ts';
import type { StockEvent } from './events.ts';

export type StockDecision = Decision<StockEvent, StockRejection>;

/** The command of one type, with its time. */
export type Stocked<Type extends StockCommand['type']> = Timed<Extract<StockCommand, { type: Type }>>;
