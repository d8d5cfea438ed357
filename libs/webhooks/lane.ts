import { Turns } from '#platform';
import { Connection } from './connection.ts';
import { judge } from './judge.ts';
import type { Claimed, Endpoint, Outbox, Result } from './outbox.ts';
import type { ReceiverRules } from './receiver-url.ts';
import type { ResultRecorder } from './record-results.ts';
import { signatureHeaders } from './signature.ts';
import type { WebhookMetrics } from './metrics.ts';

/** Requests to one endpoint at the same time. Each endpoint has its own, so that a slow one takes none of another's. */
const requestsMax = 8;
/** Subjects of one endpoint in memory, and deliveries of each. */
const subjectsMax = 32;
const perSubjectMax = 10;
/** The receiver has so long for a whole answer. */
const requestTimeoutMs = 15_000;

export interface LaneOptions extends ReceiverRules {
  readonly outbox: Pick<Outbox, 'claim'>;
  readonly recorder: Pick<ResultRecorder, 'record'>;
  readonly metrics: WebhookMetrics;
  /** In milliseconds since 1970. */
  readonly clock: () => number;
  /** Whether this process is still the one that sends. */
  readonly maySend: () => boolean;
  readonly onGone: (webhookId: string) => void;
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
  readonly requestTimeoutMs?: number;
}

/** The deliveries of one endpoint: those of a subject one after the other, those of several at the same time. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #connection: Connection;
  readonly #turns = new Turns({ runningMax: requestsMax, waitingMax: subjectsMax, rejection: Error });
  /** Subjects that are claimed, until their results are recorded. */
  readonly #busy = new Set<string>();
  readonly url: string;
  #endpoint: Endpoint;
  /** The receiver wants nothing more now: nothing is sent until all results are recorded, and then the table decides. */
  #isHalted = false;
  #isClaiming = false;
  #mayHaveMore = false;

  constructor(endpoint: Endpoint, options: LaneOptions) {
    this.#endpoint = endpoint;
    this.url = endpoint.url;
    this.#options = options;
    const { allowsPrivate, requestTimeoutMs: timeoutMs = requestTimeoutMs } = options;
    this.#connection = new Connection(endpoint.url, { allowsPrivate, requestsMax, timeoutMs });
  }

  get isIdle(): boolean {
    return this.#busy.size === 0 && !this.#isClaiming;
  }

  /** Takes up what is due, with the endpoint as it is now. */
  offer(endpoint: Endpoint): void {
    this.#endpoint = endpoint;
    this.#mayHaveMore = true;
    void this.#claim();
  }

  close(): void {
    this.#connection.close();
  }

  async #claim(): Promise<void> {
    // Several at once, rather than one for each that has ended.
    if (this.#isClaiming || !this.#mayHaveMore || this.#busy.size > subjectsMax / 2) return;
    this.#isClaiming = true;
    this.#mayHaveMore = false;
    try {
      const { clock, outbox } = this.#options;
      const room = subjectsMax - this.#busy.size;
      const request = { now: new Date(clock()), busy: [...this.#busy], subjectsMax: room, perSubjectMax };
      const claimed = this.#mayGoOn() ? await outbox.claim(this.#endpoint, request) : [];
      this.#mayHaveMore ||= claimed.length === room || claimed.some(({ length }) => length === perSubjectMax);
      for (const deliveries of claimed) void this.#deliver(deliveries);
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isClaiming = false;
    }
  }

  async #deliver(deliveries: readonly Claimed[]): Promise<void> {
    const subject = deliveries[0]?.subject ?? '';
    this.#busy.add(subject);
    try {
      const results = await this.#turns.take(() => this.#attemptInOrder(deliveries));
      if (results.length > 0) await this.#options.recorder.record(results);
    } catch (error) {
      if (!this.#options.signal.aborted) this.#options.onError(error);
    } finally {
      this.#busy.delete(subject);
      if (this.#busy.size === 0) this.#isHalted = false;
      void this.#claim();
    }
  }

  /** Until one of them has to wait. */
  async #attemptInOrder(deliveries: readonly Claimed[]): Promise<readonly Result[]> {
    const results: Result[] = [];
    for (const delivery of deliveries) {
      if (!this.#mayGoOn()) break;
      const result = await this.#attempt(delivery).catch(() => undefined);
      // Interrupted: the process stops, and the delivery is attempted again.
      if (result === undefined) break;
      results.push(result);
      if (result.outcome === 'retry') break;
    }
    return results;
  }

  #mayGoOn(): boolean {
    const { signal, maySend } = this.#options;
    return !signal.aborted && maySend() && !this.#isHalted;
  }

  async #attempt(delivery: Claimed): Promise<Result> {
    const { clock, metrics, signal, onGone } = this.#options;
    const { eventId: id, body } = delivery;
    const at = clock();
    const began = performance.now();
    const signed = signatureHeaders({ id, at, body }, this.#endpoint.secrets);
    const response = await this.#connection.post(body, { ...headers, ...signed }, signal);
    const ms = Math.round(performance.now() - began);
    const result = judge(delivery, response, { at, endedAt: clock(), ms });
    metrics.seconds.observe(ms / 1000);
    metrics.attempts.inc({ outcome: result.outcome });
    if (result.isGone === true || result.pausedUntil !== undefined) this.#isHalted = true;
    if (result.isGone === true) onGone(delivery.webhookId);
    return result;
  }
}

const headers = { 'content-type': 'application/json', 'user-agent': 'Holdfast-Webhooks/1.0' };
