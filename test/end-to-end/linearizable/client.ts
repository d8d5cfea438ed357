import { setTimeout as pause } from 'node:timers/promises';
import { commandIdOf } from '#commands';
import { exchange, isFinal, retryAfterMs, type Reply, type Write } from './exchange.ts';
import type { Answered, Operation, StockAsk } from './history.ts';
import type { HotStock } from './hot-stock.ts';
import type { Random } from './random.ts';

/** Somebody with an account, who has many clients. */
export interface Person {
  readonly id: string;
  readonly token: string;
  readonly isStaff: boolean;
  /** The same for everybody: keys are told apart by who uses them. */
  keysUsed: number;
}

export interface Surroundings {
  readonly stocks: readonly [HotStock, ...HotStock[]];
  readonly origins: readonly [string, ...string[]];
  /** Tells any two moments apart, for all clients. */
  readonly clock: { ticks: number };
}

const cutShare = 0.15;
const giveUpShare = 0.2;
const cutAfterMsMax = 40;
const twinShare = 0.05;
const againShare = 0.1;
const recentHolds = 6;

/** Does one thing after the other, none of them for a reason, and never lets an answer go before it has one: almost. */
export class Client {
  readonly #person: Person;
  readonly #random: Random;
  readonly #around: Surroundings;

  constructor(person: Person, random: Random, around: Surroundings) {
    this.#person = person;
    this.#random = random;
    this.#around = around;
  }

  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) await this.#step(this.#random.pick(this.#around.stocks));
  }

  async #step(stock: HotStock): Promise<void> {
    const { clock } = this.#around;
    const { id: userId, token, isStaff } = this.#person;
    const { ask, id } = this.#choose(stock);
    const key = `key ${++this.#person.keysUsed}`;
    const write = { ...stock.request(ask, id), token, key };
    const sent = ++clock.ticks;
    const reply = await this.#insist(write);
    const answered = reply === undefined ? Number.POSITIVE_INFINITY : ++clock.ticks;
    const answer = reply && stock.understand(ask, reply);
    if (reply !== undefined && ask.type === 'hold' && reply.status < 300) this.#remember(stock, reply.body.id);
    if (answer !== undefined) stock.seen = availableIn(answer) ?? stock.seen;
    const again = reply && this.#random.chance(againShare) ? await this.#untilFinal(write) : undefined;
    const commandId = commandIdOf(userId, key);
    const operation: Operation = { commandId, asker: { userId, isStaff }, ask, sent, answered, answer };
    stock.operations.push(again === undefined ? operation : { ...operation, again: stock.understand(ask, again) });
  }

  #remember(stock: HotStock, id: string): void {
    const own = stock.holds.get(this.#person.id) ?? [];
    stock.holds.set(this.#person.id, [...own, id].slice(-recentHolds));
  }

  #choose(stock: HotStock): { ask: StockAsk; id?: string } {
    const random = this.#random;
    const quantity = random.integer(1, 4);
    if (this.#person.isStaff && stock.path.startsWith('/items/')) {
      const expected = random.chance(0.5) ? { expected: stock.seen } : {};
      return { ask: { type: 'adjust', delta: random.pick([-3, -1, 4, 9]), ...expected } };
    }
    // Now and then somebody else's.
    const [whose = this.#person.id] = random.chance(0.05) ? stock.holds.keys() : [];
    const [first, ...others] = stock.holds.get(whose) ?? [];
    const chosen = random.next();
    if (first === undefined || chosen < 0.45) {
      const isPurchase = chosen < 0.15 && stock.path.startsWith('/items/');
      if (isPurchase) return { ask: { type: 'purchase', quantity } };
      return { ask: { type: 'hold', quantity, ttlMs: random.pick([1000, 1000, 2000, 60_000]) } };
    }
    const id = random.pick([first, ...others]);
    const holdId = stock.holdId(id);
    if (chosen < 0.6) return { ask: { type: 'confirm', holdId, ...(random.chance(0.5) ? { quantity: 1 } : {}) }, id };
    if (chosen < 0.75) return { ask: { type: 'extend', holdId, ttlMs: random.pick([1000, 2000]) }, id };
    return { ask: { type: 'cancel', holdId }, id };
  }

  /** Tries until there is an answer, or until it gives up after its connection was cut. */
  async #insist(write: Write): Promise<Reply | undefined> {
    const random = this.#random;
    for (;;) {
      const isCut = random.chance(cutShare);
      const cut = isCut ? AbortSignal.timeout(random.integer(0, cutAfterMsMax)) : undefined;
      const tries = random.chance(twinShare) ? [this.#try(write, cut), this.#try(write)] : [this.#try(write, cut)];
      const replies = (await Promise.all(tries)).filter((reply) => reply !== undefined);
      const reply = replies.find(isFinal);
      if (reply !== undefined) return reply;
      if (isCut && random.chance(giveUpShare)) return undefined;
      await pause(retryAfterMs);
    }
  }

  async #untilFinal(write: Write): Promise<Reply> {
    for (;;) {
      const reply = await this.#try(write);
      if (reply !== undefined && isFinal(reply)) return reply;
      await pause(retryAfterMs);
    }
  }

  #try(write: Write, cut?: AbortSignal): Promise<Reply | undefined> {
    return exchange(this.#random.pick(this.#around.origins), write, cut);
  }
}

function availableIn(answer: Answered): number | undefined {
  if ('rejected' in answer) return answer.available;
  return 'remaining' in answer.accepted ? answer.accepted.remaining : undefined;
}
