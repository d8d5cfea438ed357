/** One customer wants one unit. The id is the same for every try: the idempotency key, where a contender has such. */
export interface Purchase {
  readonly id: string;
  readonly item: string;
  readonly customer: string;
}

/** A way of selling units of items that never sells one twice. */
export interface Contender {
  /** Makes items that nobody knows yet: so many units each, of which so many purchases have already taken one. */
  provide(items: readonly string[], units: number, purchasesBefore: number): Promise<void>;
  /** Refused is an answer; whatever else prevents the purchase is thrown. */
  purchase(purchase: Purchase): Promise<'bought' | 'refused'>;
  /** All purchases recorded so far, counted where they are durable. Throws if that contradicts itself. */
  recorded(): Promise<number>;
  close(): Promise<void>;
}

export interface Servers {
  /** A database of the contender's own. */
  readonly postgres: string;
  readonly redis: string;
  /** A Redis that keeps nothing. */
  readonly volatileRedis: string;
  /** Where the events are to go; the database unless given. */
  readonly eventStore: string | undefined;
}

/** Opens a contender with so many connections, all of them standing. */
export type OpenContender = (servers: Servers, connections: number) => Promise<Contender>;
