import { stockAggregate } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import type { HoldIds } from '#ids';
import type { Reply, Write } from './exchange.ts';
import type { Answered, Operation, Recorded, StockAsk } from './history.ts';

const pageEvents = 1000;

/** A stock that everybody wants at once: how it is asked for, and everything that was asked. */
export class HotStock {
  readonly operations: Operation[] = [];
  /** What clients know of holds, as they were told: whose they are, and what they are called. */
  readonly holds = new Map<string, string[]>();
  /** What somebody was last told is available. */
  seen = 0;
  readonly #holdIds: HoldIds;
  readonly stream: string;
  /** Of the item or slot. */
  readonly path: string;

  constructor(path: string, stream: string, holdIds: HoldIds) {
    this.path = path;
    this.stream = stream;
    this.#holdIds = holdIds;
  }

  /** The hold that a client's id names, as the stock's events call it. */
  holdId(id: string): string {
    return this.#holdIds.read(id)?.holdId ?? '';
  }

  /** What to send, by somebody who knows the hold by this id. */
  request(ask: StockAsk, id: string | undefined): Pick<Write, 'method' | 'path' | 'body'> {
    switch (ask.type) {
      case 'purchase':
        return { method: 'POST', path: `${this.path}/purchase`, body: { quantity: ask.quantity } };
      case 'hold':
        return {
          method: 'POST',
          path: `${this.path}/hold`,
          body: { quantity: ask.quantity, ttlSeconds: ask.ttlMs / 1000 },
        };
      case 'confirm':
        return { method: 'POST', path: `/holds/${id}/confirm`, body: { quantity: ask.quantity } };
      case 'extend':
        return { method: 'PATCH', path: `/holds/${id}`, body: { ttlSeconds: ask.ttlMs / 1000 } };
      case 'cancel':
        return { method: 'DELETE', path: `/holds/${id}`, body: {} };
      case 'adjust': {
        const { delta, expected } = ask;
        const path = `${this.path.replace('/items/', '/stock/')}/adjustments`;
        return { method: 'POST', path, body: { delta, expected, reason: 'counted' } };
      }
    }
  }

  understand(ask: StockAsk, { status, body }: Reply): Answered {
    if (status >= 300) {
      const available = body.data?.available;
      return { rejected: body.code, ...(available === undefined ? {} : { available }) };
    }
    if (ask.type === 'purchase') return { accepted: { quantity: body.quantity, remaining: body.remaining } };
    if (ask.type === 'adjust') return { accepted: { quantity: body.delta, remaining: body.stock } };
    const { id, quantity, status: is, confirmedQuantity, expiresAt } = body;
    return {
      accepted: { holdId: this.holdId(id), quantity, status: is, confirmedQuantity, expiresAt: Date.parse(expiresAt) },
    };
  }

  async recorded(store: EventStore): Promise<Recorded[]> {
    const all: Recorded[] = [];
    for (;;) {
      const page = await store.readStream(this.stream, { from: all.length, limit: pageEvents });
      for (const recorded of page) {
        const { revision, metadata } = recorded;
        const event = codecOf(stockAggregate).decode(recorded);
        all.push({ revision, at: metadata.at, commandId: metadata.commandId, event });
      }
      if (page.length < pageEvents) return all;
    }
  }
}
