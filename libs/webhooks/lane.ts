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
const subjectsMax = 64;
const perSubjectMax = 10;
/** Bodies of one endpoint in memory; a single larger one is still delivered. */
const bytesMax = 262_144;
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
  #bytes = 0;
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
    if (this.#isClaiming) return;
    this.#isClaiming = true;
    try {
      // Several subjects at once, rather than one for each that has ended.
      while (this.#mayHaveMore && this.#hasRoom && this.#mayGoOn()) await this.#claimOnce();
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isClaiming = false;
    }
  }

  get #hasRoom(): boolean {
    return this.#busy.size <= subjectsMax / 2 && this.#bytes <= bytesMax / 2;
  }

  async #claimOnce(): Promise<void> {
    const { clock, outbox } = this.#options;
    const room = subjectsMax - this.#busy.size;
    this.#mayHaveMore = false;
    const request = {
      now: new Date(clock()),
      busy: [...this.#busy],
      subjectsMax: room,
      perSubjectMax,
      bytesMax: bytesMax - this.#bytes,
    };
    const claimed = await outbox.claim(this.#endpoint, request);
    // Fewer than there is room for are all, unless their bodies take the room.
    this.#mayHaveMore ||= claimed.length === room || sizeOf(claimed.flat()) >= request.bytesMax;
    for (const deliveries of claimed) void this.#deliver(deliveries);
  }

  async #deliver(deliveries: readonly Claimed[]): Promise<void> {
    const subject = deliveries[0]?.subject ?? '';
    const size = sizeOf(deliveries);
    this.#busy.add(subject);
    this.#bytes += size;
    try {
      const results = await this.#turns.take(() => this.#attemptInOrder(deliveries));
      if (results.length > 0) await this.#options.recorder.record(results);
      // Of this subject, whose deliveries were not looked for meanwhile.
      this.#mayHaveMore = true;
    } catch (error) {
      if (!this.#options.signal.aborted) this.#options.onError(error);
    } finally {
      this.#busy.delete(subject);
      if (this.#busy.size === 0) this.#isHalted = false;
      this.#bytes -= size;
      void this.#claim();
    }
  }

  /** Until one of them has to wait, or is interrupted: it is attempted again, and those before it are recorded. */
  async #attemptInOrder(deliveries: readonly Claimed[]): Promise<readonly Result[]> {
    const results: Result[] = [];
    for (const delivery of deliveries) {
      if (!this.#mayGoOn()) break;
      const result = await this.#attempt(delivery);
      if (result !== undefined) results.push(result);
      if (result?.outcome !== 'delivered' && result?.outcome !== 'failed') break;
    }
    return results;
  }

  #mayGoOn(): boolean {
    const { signal, maySend } = this.#options;
    return !signal.aborted && maySend() && !this.#isHalted;
  }

  async #attempt(delivery: Claimed): Promise<Result | undefined> {
    const { clock, metrics, signal, onGone } = this.#options;
    const { eventId: id, body, secrets } = delivery;
    const at = clock();
    const began = performance.now();
    const signed = signatureHeaders({ id, at, body }, secrets);
    const response = await this.#connection.post(body, { ...headers, ...signed }, signal);
    if (response === 'interrupted') return undefined;
    const ms = Math.round(performance.now() - began);
    const result = judge(delivery, response, { at, endedAt: clock(), ms });
    metrics.seconds.observe(ms / 1000);
    metrics.attempts.inc({ outcome: result.outcome });
    if (result.isGone === true || result.pausedUntil !== undefined) this.#isHalted = true;
    if (result.isGone === true) onGone(delivery.webhookId);
    return result;
  }
}

function sizeOf(deliveries: readonly Claimed[]): number {
  return deliveries.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
}

const headers = { 'content-type': 'application/json', 'user-agent': 'Holdfast-Webhooks/1.0' };
