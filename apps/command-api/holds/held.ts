import { stockAggregate, stockStream, type HoldEvent, type StockCommand, type StockId } from '#domain';
import { findEndOfHold } from './find-end-of-hold.ts';
import { holdAnswer, type HoldAnswer } from '#answers';
import type { Caller } from '#auth';
import type { EventStore } from '#event-store';
import { Problem, refusal, type ErrorCode } from '#http';
import type { HoldIds, HoldReference } from '#ids';
import type { Asked, Commands } from '../commands/commands.ts';
import type { HoldAllowance } from './hold-allowance.ts';

type OfHold = Extract<StockCommand, { holdId: string; customerId: string | null }>;

interface AskedHold {
  readonly id: string;
  readonly hold: HoldReference;
  readonly customerId: string | null;
  readonly deadline: number;
}

const statusAfter = {
  UnitsHeld: 'open',
  HoldExtended: 'open',
  HoldConfirmed: 'confirmed',
  HoldCancelled: 'cancelled',
  HoldExpired: 'expired',
} as const satisfies Record<HoldEvent['type'], string>;

const endedAs = {
  HoldConfirmed: 'HOLD_CONFIRMED',
  HoldCancelled: 'HOLD_CANCELLED',
  HoldExpired: 'HOLD_EXPIRED',
} as const;

/** Holds, from being made to being ended: each is found by its id alone, whether or not any read model knows it yet. */
export class Held {
  constructor(
    private readonly commands: Commands,
    private readonly holdIds: HoldIds,
    private readonly store: EventStore,
    private readonly allowance: HoldAllowance,
  ) {}

  async make(stock: StockId, caller: Caller, ask: { quantity: number; ttlMs: number }, asked: Asked) {
    const { holdId } = this.holdIds.make(stock, Date.now());
    const command = {
      type: 'Hold',
      holdId,
      customerId: caller.id,
      ...ask,
      limits: this.allowance.limitsFor(caller),
    } as const;
    const { event } = await this.commands.record(stockAggregate, stockStream(stock), command, 'UnitsHeld', asked);
    return this.#answer(stock, event);
  }

  async change<Type extends OfHold['type']>(
    id: string,
    caller: Caller,
    change: { readonly type: Type } & Omit<Extract<OfHold, { type: Type }>, 'type' | 'holdId' | 'customerId'>,
    recorded: HoldEvent['type'],
    asked: Asked,
  ): Promise<HoldAnswer> {
    const hold = this.holdIds.read(id);
    if (hold === undefined) throw known('HOLD_NOT_FOUND', id);
    // Staff may touch anybody's.
    const customerId = caller.role === 'staff' ? null : caller.id;
    const command = { ...change, holdId: hold.holdId, customerId } as unknown as OfHold;
    try {
      const { event } = await this.commands.record(stockAggregate, stockStream(hold.stock), command, recorded, asked);
      return this.#answer(hold.stock, event);
    } catch (error) {
      throw await this.#asClientsKnowIt(error, { id, hold, customerId, deadline: asked.context.deadline });
    }
  }

  /** What the stock has forgotten of a hold, its stream still knows; and clients know the hold by another id. */
  async #asClientsKnowIt(error: unknown, { id, hold, customerId, deadline }: AskedHold): Promise<unknown> {
    if (!(error instanceof Problem) || !error.code.startsWith('HOLD_')) return error;
    if (error.code === 'HOLD_TOO_LONG') return error;
    if (error.code !== 'HOLD_NOT_FOUND') return known(error.code, id);
    const end = await findEndOfHold(this.store, hold, deadline);
    const isTheirs = customerId === null || end?.customerId === customerId;
    if (end === undefined || !isTheirs) return known('HOLD_NOT_FOUND', id);
    return known(endedAs[end.type], id);
  }

  #answer(stock: StockId, event: HoldEvent): HoldAnswer {
    const { holdId, customerId, quantity, createdAt, expiresAt } = event;
    const confirmedQuantity = event.type === 'HoldConfirmed' ? event.confirmedQuantity : null;
    const times = { createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) };
    const hold = { holdId, stock, customerId, quantity, confirmedQuantity, status: statusAfter[event.type], ...times };
    return holdAnswer(hold, this.holdIds);
  }
}

function known(code: ErrorCode, holdId: string): Problem {
  const rejection = { code, holdId };
  return refusal(rejection);
}
