import type { LendAnswer } from '#answers';
import { mainInventory, stockAggregate, type InventoryId } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import type { HoldIds } from '#ids';
import type { Reply, Write } from './exchange.ts';
import type { Answered, Facts, Operation, Recorded, StockAsk } from './history.ts';

const pageEvents = 1000;

/** A stock that everybody wants at once: how it is asked for, and everything that was asked. */
export class HotStock {
  readonly operations: Operation[] = [];
  /** What clients know of holds, as they were told: whose they are, and what they are called. */
  readonly holds = new Map<string, string[]>();
  /** What clients know of lends: who lent them, and their numbers. */
  readonly lends = new Map<string, number[]>();
  /** What somebody was last told is available. */
  seen = 0;
  readonly #holdIds: HoldIds;
  readonly stream: string;
  /** Of the item or slot. */
  readonly path: string;
  readonly #inventoryId: InventoryId;

  constructor(path: string, stream: string, holdIds: HoldIds, inventoryId: InventoryId = mainInventory) {
    this.path = path;
    this.stream = stream;
    this.#holdIds = holdIds;
    this.#inventoryId = inventoryId;
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
      case 'hold': {
        const body = { quantity: ask.quantity, ttlSeconds: ask.ttlMs / 1000 };
        if (this.#inventoryId === mainInventory) return { method: 'POST', path: `${this.path}/hold`, body };
        const path = `/inventories/${this.#inventoryId}/holds`;
        return { method: 'POST', path, body: { ...body, item_id: this.#itemId } };
      }
      case 'confirm':
        return { method: 'POST', path: `/holds/${id}/confirm`, body: { quantity: ask.quantity } };
      case 'extend':
        return { method: 'PATCH', path: `/holds/${id}`, body: { ttlSeconds: ask.ttlMs / 1000 } };
      case 'cancel':
        return { method: 'DELETE', path: `/holds/${id}`, body: {} };
      case 'adjust': {
        const { delta, expected } = ask;
        const path = `${this.path.replace('/items/', '/stock/')}/adjustments`;
        return { method: 'POST', path, body: { delta, expected, reason: 'counted', inventory_id: this.#inventoryId } };
      }
      case 'provide': {
        const body = { item_id: this.#itemId, qty: ask.quantity, inventory_id: this.#inventoryId };
        return { method: 'POST', path: '/provides', body };
      }
      case 'lend': {
        const { borrowerId: user_id, quantity: qty, dueAt } = ask;
        const body = { user_id, item_id: this.#itemId, qty, from_inventory_id: this.#inventoryId };
        return { method: 'POST', path: '/lends', body: { ...body, due_at: timeOf(dueAt) } };
      }
      case 'lend-held':
        return { method: 'POST', path: '/lends', body: { hold_id: id, due_at: timeOf(ask.dueAt) } };
      case 'return': {
        const { lendId, quantity: qty, condition } = ask;
        return { method: 'PUT', path: `/lends/${lendId}/return`, body: { qty, condition } };
      }
      case 'renew':
        return { method: 'PUT', path: `/lends/${ask.lendId}/renew`, body: { due_at: timeOf(ask.dueAt) } };
    }
  }

  understand(ask: StockAsk, { status, body }: Reply): Answered {
    if (status >= 300) {
      const { available, outstanding } = body.data ?? {};
      return {
        rejected: body.code,
        ...(available === undefined ? {} : { available }),
        ...(outstanding === undefined ? {} : { outstanding }),
      };
    }
    if (ask.type === 'purchase') return { accepted: { quantity: body.quantity, remaining: body.remaining } };
    if (ask.type === 'adjust') return { accepted: { quantity: body.delta, remaining: body.stock } };
    if (ask.type === 'provide') return { accepted: { provideId: body.provide_id, quantity: body.qty } };
    if ('lend_id' in body) return { accepted: lendOf(body) };
    const { id, quantity, status: is, confirmedQuantity, expiresAt } = body;
    return {
      accepted: { holdId: this.holdId(id), quantity, status: is, confirmedQuantity, expiresAt: Date.parse(expiresAt) },
    };
  }

  get #itemId(): string {
    return this.path.replace('/items/', '');
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

function lendOf({ lend_id: lendId, qty: quantity, renewals, ...answer }: LendAnswer): Facts {
  const dueAt = answer.due_at === null ? null : Date.parse(answer.due_at);
  const isBack = answer.returned_at !== null;
  return { lendId, quantity, returnedQuantity: answer.returned_qty, isBack, dueAt, renewals };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
