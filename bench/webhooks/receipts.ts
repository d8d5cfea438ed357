/** What the receiver has got since it was last asked. */
export interface ReceiptCounts {
  readonly requests: number;
  /** Deliveries that came more than once count once. */
  readonly deliveries: number;
  /** Deliveries that came after a later one of their subject. */
  readonly outOfOrder: number;
}

/** Counts webhooks, by endpoint and id, and watches the order of each subject. */
export class Receipts {
  #requests = 0;
  #outOfOrder = 0;
  #ids = new Set<string>();
  #revisions = new Map<string, number>();

  note(endpoint: string, id: string, body: string): void {
    const { data } = JSON.parse(body) as { data: { id: string; revision: number } };
    const subject = `${endpoint} ${data.id}`;
    this.#requests += 1;
    this.#ids.add(`${endpoint} ${id}`);
    if (data.revision < (this.#revisions.get(subject) ?? 0)) this.#outOfOrder += 1;
    this.#revisions.set(subject, data.revision);
  }

  take(): ReceiptCounts {
    const counts = { requests: this.#requests, deliveries: this.#ids.size, outOfOrder: this.#outOfOrder };
    [this.#requests, this.#outOfOrder, this.#ids, this.#revisions] = [0, 0, new Set(), new Map()];
    return counts;
  }
}
