import { commandIdOf } from '#commands';
import { beforeRetry, exchange, isFinal, type Reply, type Write } from './exchange.ts';
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

/** What to do next with a stock, and the id by which the person knows its hold. */
export type Choose = (
  stock: HotStock,
  person: Person,
  random: Random,
) => { readonly ask: StockAsk; readonly id?: string };

export interface Surroundings {
  readonly stocks: readonly [HotStock, ...HotStock[]];
  readonly choose: Choose;
  /**
   * Whether processes are killed: one that has just rejected something may not have stored its answer, and since nothing
   * was recorded, a retry is decided anew.
   */
  readonly areKilled: boolean;
  readonly origins: readonly [string, ...string[]];
  /** Tells any two moments apart, for all clients. */
  readonly clock: { ticks: number };
}

const cutShare = 0.15;
const giveUpShare = 0.2;
const cutAfterMsMax = 40;
const twinShare = 0.05;
const againShare = 0.1;
/** Of the holds and lends of each person. */
const rememberedMax = 6;

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
    const { ask, id } = this.#around.choose(stock, this.#person, this.#random);
    const key = `key ${++this.#person.keysUsed}`;
    const write = { ...stock.request(ask, id), token, key };
    const sent = ++clock.ticks;
    const reply = await this.#insist(write);
    const answered = reply === undefined ? Number.POSITIVE_INFINITY : ++clock.ticks;
    const answer = reply && stock.understand(ask, reply);
    if (reply !== undefined && ask.type === 'hold' && reply.status < 300) this.#remember(stock.holds, reply.body.id);
    const isLent = (ask.type === 'lend' || ask.type === 'lend-held') && reply !== undefined && reply.status < 300;
    if (isLent) this.#remember(stock.lends, reply.body.lend_id);
    if (answer !== undefined) stock.seen = availableIn(answer) ?? stock.seen;
    const isKept = answer !== undefined && ('accepted' in answer || !this.#around.areKilled);
    const again = isKept && this.#random.chance(againShare) ? await this.#untilFinal(write) : undefined;
    const commandId = commandIdOf(userId, key);
    const operation: Operation = { commandId, asker: { userId, isStaff }, ask, sent, answered, answer };
    stock.operations.push(again === undefined ? operation : { ...operation, again: stock.understand(ask, again) });
  }

  #remember<Id>(known: Map<string, Id[]>, id: Id): void {
    const own = known.get(this.#person.id) ?? [];
    known.set(this.#person.id, [...own, id].slice(-rememberedMax));
  }

  /** Tries until there is an answer, or until it gives up after its connection was cut. */
  async #insist(write: Write): Promise<Reply | undefined> {
    const random = this.#random;
    for (let before = 0; ; before++) {
      const isCut = random.chance(cutShare);
      const cut = isCut ? AbortSignal.timeout(random.integer(0, cutAfterMsMax)) : undefined;
      const tries = random.chance(twinShare) ? [this.#try(write, cut), this.#try(write)] : [this.#try(write, cut)];
      const replies = (await Promise.all(tries)).filter((reply) => reply !== undefined);
      const reply = replies.find(isFinal);
      if (reply !== undefined) return reply;
      if (isCut && random.chance(giveUpShare)) return undefined;
      await beforeRetry(before);
    }
  }

  async #untilFinal(write: Write): Promise<Reply> {
    for (let before = 0; ; before++) {
      const reply = await this.#try(write);
      if (reply !== undefined && isFinal(reply)) return reply;
      await beforeRetry(before);
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
