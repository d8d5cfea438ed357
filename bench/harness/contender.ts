/** One customer buys one unit. The id is the same for every attempt: the idempotency key, if the contender has one. */
export interface Purchase {
  readonly id: string;
  readonly item: string;
  readonly customer: string;
}

/** An implementation that sells units of items without overselling. */
export interface Contender {
  /**
   * Creates new items with the given number of units, of which the given number of purchases have already taken one
   * each.
   */
  provide(items: readonly string[], units: number, purchasesBefore: number): Promise<void>;
  /** A rejection is a result; every other failure is thrown. */
  purchase(purchase: Purchase): Promise<'bought' | 'rejected'>;
  /** The number of durably recorded purchases. Throws if the records are inconsistent. */
  recorded(): Promise<number>;
  close(): Promise<void>;
}

export interface Servers {
  /** The contender's own database. */
  readonly postgres: string;
  readonly redis: string;
  /** A Redis without persistence. */
  readonly volatileRedis: string;
  /** The event store; by default the database. */
  readonly eventStore: string | undefined;
}

/** Opens a contender with the given number of open connections. */
export type OpenContender = (servers: Servers, connections: number) => Promise<Contender>;
