import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs, Listener, type Leases, type Logger, type Pool } from '#platform';
import { deliveriesChannel } from './doorbell.ts';
import { Lane, type LaneOptions } from './lane.ts';
import type { WebhookMetrics } from './metrics.ts';
import { Outbox, type Endpoint } from './outbox.ts';
import type { ReceiverRules } from './receiver-url.ts';
import { ResultRecorder } from './record-results.ts';

export interface WebhookSenderOptions extends ReceiverRules {
  readonly pool: Pool;
  /** For notifications of new deliveries. */
  readonly databaseUrl: string;
  readonly leases: Pick<Leases, 'take' | 'release' | 'ttlMs'>;
  /** Throws when this machine's clock is wrong: retries would come too early or too late. */
  readonly assertClock: () => Promise<void>;
  readonly metrics: WebhookMetrics;
  readonly log: Logger;
  /** In milliseconds since 1970. */
  readonly clock?: () => number;
  readonly requestTimeoutMs?: number;
}

const sendingWork = 'webhook-sender';

/** How often it looks for what has become due, unless it is told of something new. */
const lookEveryMs = 1000;
/** New deliveries that are told of in quick succession are claimed together. */
const gatherMs = 10;
const backOff = { firstMs: 100, mostMs: 5000 };
const leaseShare = 4;

/** Sends what is due to all endpoints while this process holds the lease. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #clock: () => number;
  readonly #outbox: Outbox;
  readonly #recorder: ResultRecorder;
  readonly #lanes = new Map<string, Lane>();
  /** No new attempts. */
  readonly #stopping = new AbortController();
  /** Nor those under way. */
  readonly #interrupting = new AbortController();
  #rung = Promise.withResolvers<void>();
  #bell: Listener | undefined;
  #finished: Promise<void> = Promise.resolve();
  /** On the monotonic clock. */
  #leasedUntil = -Infinity;
  #failures = 0;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    this.#outbox = new Outbox(options.pool);
    this.#recorder = new ResultRecorder(this.#outbox, { log: options.log, signal: this.#interrupting.signal });
  }

  /** Whether the last attempts to find out what is due failed; the reason is in the log. */
  get failing(): boolean {
    return this.#failures > 1;
  }

  start(): void {
    const ring = (): void => this.#rung.resolve();
    this.#bell = new Listener({
      url: this.#options.databaseUrl,
      name: 'holdfast-webhooks',
      channels: [deliveriesChannel],
      hear: ring,
      catchUp: async () => ring(),
    });
    this.#finished = this.#run();
  }

  /** Lets attempts under way end; those that take longer are interrupted, and made again by whoever sends next. */
  async stop(timeoutMs = 0): Promise<void> {
    this.#stopping.abort();
    this.#rung.resolve();
    await this.#finished;
    const deadline = performance.now() + timeoutMs;
    while ([...this.#lanes.values()].some(({ isIdle }) => !isIdle) && performance.now() < deadline)
      await pause(gatherMs);
    this.#interrupting.abort();
    for (const lane of this.#lanes.values()) lane.close();
    await this.#bell?.close();
    await this.#options.leases.release(sendingWork).catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        // Before the lease: whoever's clock is wrong must not keep the work from the others.
        await this.#options.assertClock();
        if (await this.#lease()) await this.#send();
        else this.#leave();
        await this.#pause(this.#options.leases.ttlMs / leaseShare);
      } catch (error) {
        this.#failures += 1;
        this.#options.log.error({ err: error }, 'webhooks could not be sent; trying again');
        await this.#pause(backOffMs(this.#failures, backOff));
      }
    }
  }

  /** Until the lease is another's, or the process stops. */
  async #send(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      if (this.#leasedUntil - performance.now() < (this.#options.leases.ttlMs * (leaseShare - 1)) / leaseShare)
        if (!(await this.#lease())) return this.#leave();
      this.#rung = Promise.withResolvers();
      await this.#round();
      this.#failures = 0;
      await Promise.race([this.#rung.promise, this.#pause(lookEveryMs)]);
      await this.#pause(gatherMs);
    }
  }

  async #lease(): Promise<boolean> {
    const askedAt = performance.now();
    const isOurs = await this.#options.leases.take(sendingWork);
    if (isOurs) this.#leasedUntil = askedAt + this.#options.leases.ttlMs;
    return isOurs;
  }

  async #round(): Promise<void> {
    const now = this.#clock();
    const endpoints = await this.#outbox.endpoints(new Date(now));
    this.#closeUnused(endpoints);
    this.#measure(endpoints, now);
    for (const endpoint of endpoints) {
      if (endpoint.dueAt !== null) this.#laneOf(endpoint)?.offer(endpoint);
    }
  }

  /** Undefined while requests to an earlier URL of the endpoint are under way. */
  #laneOf(endpoint: Endpoint): Lane | undefined {
    const present = this.#lanes.get(endpoint.id);
    if (present?.url === endpoint.url) return present;
    if (present !== undefined && !present.isIdle) return undefined;
    present?.close();
    const lane = new Lane(endpoint, this.#laneOptions);
    this.#lanes.set(endpoint.id, lane);
    return lane;
  }

  #closeUnused(endpoints: readonly Endpoint[]): void {
    const used = new Set(endpoints.map(({ id }) => id));
    for (const [id, lane] of this.#lanes) {
      if (used.has(id) || !lane.isIdle) continue;
      lane.close();
      this.#lanes.delete(id);
    }
  }

  get #laneOptions(): LaneOptions {
    const { allowsPrivate, metrics, log, requestTimeoutMs } = this.#options;
    return {
      allowsPrivate,
      metrics,
      outbox: this.#outbox,
      recorder: this.#recorder,
      clock: this.#clock,
      maySend: () => !this.#stopping.signal.aborted && performance.now() < this.#leasedUntil,
      onGone: (webhook) => log.warn({ webhook }, 'the webhook was disabled: its receiver answered 410'),
      onError: (error) => log.error({ err: error }, 'deliveries of a webhook could not be claimed; trying again'),
      signal: this.#interrupting.signal,
      ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
    };
  }

  #measure(endpoints: readonly Endpoint[], now: number): void {
    const { lagSeconds, webhooks } = this.#options.metrics;
    const enabled = endpoints.filter(({ isEnabled }) => isEnabled);
    const oldest = Math.min(now, ...enabled.map(({ dueAt }) => dueAt?.getTime() ?? now));
    lagSeconds.set((now - oldest) / 1000);
    webhooks.set({ status: 'enabled' }, enabled.length);
    webhooks.set({ status: 'disabled' }, endpoints.length - enabled.length);
  }

  /** Another process sends now, and measures. */
  #leave(): void {
    this.#failures = 0;
    this.#options.metrics.lagSeconds.set(0);
    this.#options.metrics.webhooks.reset();
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
