import { commandIdOf } from '#commands';
import { madeId } from '#ids';
import type { Person } from './client.ts';
import { beforeRetry, exchange, isFinal, type Reply, type Write } from './exchange.ts';
import type { Answered, Ask } from './history.ts';
import type { HotStock } from './hot-stock.ts';
import type { Random } from './random.ts';

export interface OrderSurroundings {
  readonly stocks: readonly HotStock[];
  readonly origins: readonly [string, ...string[]];
  readonly clock: { ticks: number };
  readonly staff: Person;
}

interface Line {
  readonly stock: HotStock;
  readonly quantity: number;
  /** As its customer knows it. */
  readonly holdId?: string;
}

/** What a customer knows of an order. */
export interface KnownOrder {
  readonly orderId: string;
  readonly lines: readonly Line[];
  readonly status: 'placed' | 'rejected' | 'cancelled' | 'shipped' | 'unknown';
}

const linesMax = 5;
/** Less than Jest's limit: it only ends what hangs. */
const insistMsMax = 200_000;
const cutShare = 0.1;
const cutAfterMsMax = 60;
const heldShare = 0.2;
const cancelShare = 0.25;
const payShare = 0.1;
const shipShare = 0.2;
const shippingInfo = {
  recipientName: '王小明',
  recipientPhone: '0912345678',
  city: '台北市',
  district: '信義區',
  address: '市府路1號',
  postalCode: '110',
};

/** Orders several items at once, again and again; some orders are cancelled, paid or shipped later. */
export class OrderClient {
  readonly orders: KnownOrder[] = [];
  /** Answers that cannot be right. */
  readonly wrong: string[] = [];
  readonly #person: Person;
  readonly #random: Random;
  readonly #around: OrderSurroundings;

  constructor(person: Person, random: Random, around: OrderSurroundings) {
    this.#person = person;
    this.#random = random;
    this.#around = around;
  }

  async run(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const order = await this.#order();
      this.orders.push(order.status === 'placed' ? await this.#goOnWith(order) : order);
    }
  }

  async #order(): Promise<KnownOrder> {
    const { clock } = this.#around;
    const lines = this.#choose();
    const key = newKeyOf(this.#person);
    const orderId = madeId('order', commandIdOf(this.#person.id, key));
    const items = lines.map(({ stock, quantity, holdId }) => ({ id: stock.path.split('/').at(-1), quantity, holdId }));
    const body = { items, shippingInfo, paymentMethod: 'atm' };
    const sent = ++clock.ticks;
    const reply = await this.#insist({ method: 'POST', path: '/orders', body, token: this.#person.token, key });
    const answered = ++clock.ticks;
    for (const line of lines) this.#note(line, orderId, { sent, answered }, reply);
    return { orderId, lines, status: reply.status === 201 ? 'placed' : 'rejected' };
  }

  /** Different items, each of them available or not; now and then one that the customer holds. */
  #choose(): readonly Line[] {
    const random = this.#random;
    const left = [...this.#around.stocks];
    const take = () => left.splice(random.integer(0, left.length - 1), 1).flatMap((stock) => this.#line(stock));
    return Array.from({ length: random.integer(1, linesMax) }, take).flat();
  }

  #line(stock: HotStock): Line {
    const holds = stock.holds.get(this.#person.id);
    const holdId = this.#random.chance(heldShare) ? holds?.at(-1) : undefined;
    return { stock, quantity: this.#random.integer(1, 2), ...(holdId === undefined ? {} : { holdId }) };
  }

  /** What the answer to the order says of one of its stocks. */
  #note(
    { stock, quantity, holdId: id }: Line,
    orderId: string,
    times: { readonly sent: number; readonly answered: number },
    { status, body }: Reply,
  ): void {
    const { id: userId, isStaff } = this.#person;
    const holdId = id === undefined ? undefined : stock.holdId(id);
    const ask: Ask =
      holdId === undefined
        ? { type: 'reserve', orderId, quantity }
        : { type: 'reserve-held', orderId, quantity, holdId };
    const asker = { userId, isStaff };
    const commandId = commandIdOf(orderId, `ReserveForOrder ${stock.stream}`);
    const isPlaced = status === 201;
    // Of an order that is not placed, the units may have been reserved for a while by another process.
    const reserved = isPlaced
      ? { ...times, answer: { accepted: { orderId, quantity } } }
      : { ...times, answered: Infinity };
    stock.operations.push({ commandId, asker, ask, answer: undefined, ...reserved });
    const isOfThis = body.data?.itemId === stock.path.split('/').at(-1);
    if (!isOfThis || body.code !== 'INSUFFICIENT_STOCK' || holdId !== undefined) return;
    const answer: Answered = { rejected: body.code, available: body.data.available };
    stock.operations.push({ commandId: `${commandId} rejected`, asker, ask, answer, ...times });
  }

  async #goOnWith(order: KnownOrder): Promise<KnownOrder> {
    const { random, staff } = { random: this.#random, staff: this.#around.staff };
    const path = `/orders/${order.orderId}`;
    if (random.chance(payShare)) {
      const paid = await this.#insist(this.#write(staff, 'POST', `${path}/payment`, { reference: order.orderId }));
      if (paid.status !== 200) this.wrong.push(`the payment of ${order.orderId} is answered ${paid.status}`);
    }
    if (random.chance(cancelShare)) {
      const cancelled = await this.#insist(this.#write(this.#person, 'POST', `${path}/cancel`, {}));
      return { ...order, status: cancelled.status < 300 ? 'cancelled' : 'unknown' };
    }
    if (!random.chance(shipShare)) return order;
    await this.#insist(this.#write(staff, 'PATCH', `${path}/status`, { status: 'processing' }));
    // The customer cancels at the same time: only one of the two happens.
    const shipping = this.#write(staff, 'PATCH', `${path}/status`, { status: 'shipped', trackingNumber: 'TW1' });
    const cancelling = this.#write(this.#person, 'POST', `${path}/cancel`, {});
    const [shipped, cancelled] = await Promise.all([this.#insist(shipping), this.#insist(cancelling)]);
    const done = [shipped, cancelled].filter(({ status }) => status < 300).length;
    if (done !== 1) this.wrong.push(`of shipping and cancelling ${order.orderId}, ${done} were done`);
    return { ...order, status: shipped.status < 300 ? 'shipped' : 'cancelled' };
  }

  #write(person: Person, method: Write['method'], path: string, body: Write['body']): Write {
    return { method, path, body, token: person.token, key: newKeyOf(person) };
  }

  /** Tries, here and there, until it is known what became of it. */
  async #insist(write: Write): Promise<Reply> {
    const began = performance.now();
    let last: Reply | undefined;
    for (let tries = 0; ; tries++) {
      if (performance.now() - began > insistMsMax) {
        throw new Error(
          `${write.path} has no final answer after ${insistMsMax} ms; the last is ${JSON.stringify(last)}`,
        );
      }
      const isCut = this.#random.chance(cutShare);
      const cut = isCut ? AbortSignal.timeout(this.#random.integer(0, cutAfterMsMax)) : undefined;
      const reply = await exchange(this.#random.pick(this.#around.origins), write, cut);
      if (reply !== undefined && isFinal(reply) && reply.status !== 202) return reply;
      last = reply ?? last;
      await beforeRetry(tries);
    }
  }
}

function newKeyOf(person: Person): string {
  return `order key ${++person.keysUsed}`;
}
