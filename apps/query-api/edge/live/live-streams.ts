import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRejected } from '#domain';
import { Problem, problemOf, statusOf, takeOver } from '#http';
import type { Caller } from '#people';
import type { Logger, Registry } from '#platform';
import { ChangeWatch, viewOf, type ChangeNotice, type CheckpointWatch } from '#projections';
import type { FollowedValue, ValueToFollow } from './followed.ts';
import { retryFrame } from './frames.ts';
import { LiveStream, type Owner } from './live-stream.ts';
import { LiveValue } from './live-value.ts';
import { createLiveMetrics, type LiveMetrics } from './metrics.ts';
import { Places, type Opener, type StreamLimits } from './places.ts';
import { streamType } from './streams.ts';
import type { InTurn, Subject } from './subject.ts';

export interface LiveStreamsOptions {
  readonly databaseUrl: string;
  readonly watch: CheckpointWatch;
  readonly waitMs: number;
  readonly limits: StreamLimits;
  /** Who opens a stream, and for how long it may be open. */
  readonly openerOf: (request: FastifyRequest) => Opener;
  /** Whether a caller may still see what they see. */
  readonly goesOn: (caller: Caller) => Promise<boolean>;
  readonly metrics: Registry;
  readonly log: Logger;
}

const readsAtOnceMax = 4;
const sweepEveryMs = 1000;
/** Each stream gets a comment in one of so many sweeps. */
const sweepsPerBeat = 15;
const blockedMsMax = 30_000;
const retryReadsAfterMs = 500;
/** A projection that catches up tells of each page that anything may have changed. */
const rereadEveryMs = 1000;

type Followed = FollowedValue;
type Views = ReadonlySet<string>;

const head = {
  'content-type': `${streamType}; charset=utf-8`,
  'cache-control': 'no-store',
  vary: 'accept',
  'x-accel-buffering': 'no',
};

/** The streams that are open in this process, what they follow, and the one reader of changes for all of them. */
export class LiveStreams {
  readonly #options: LiveStreamsOptions;
  readonly #metrics: LiveMetrics;
  readonly #changes: ChangeWatch;
  readonly #inTurn: InTurn;
  /** With the sweep in which each gets its comment. */
  readonly #streams = new Map<LiveStream, number>();
  readonly #places: Places;
  readonly #values = new Map<string, { readonly value: LiveValue; readonly views: Views; held: number }>();
  readonly #topics = new Map<string, Set<LiveValue>>();
  /** Read for the first time: what they depend on is not known yet. */
  readonly #unread = new Set<LiveValue>();
  readonly #failed = new Set<Subject>();
  readonly #changed = new Set<string>();
  #rereading: NodeJS.Timeout | undefined;
  #retrying: NodeJS.Timeout | undefined;
  #sweeping: NodeJS.Timeout | undefined;
  #sweeps = 0;
  #opened = 0;
  #isStopping = false;

  constructor(options: LiveStreamsOptions) {
    this.#options = options;
    this.#metrics = createLiveMetrics(options.metrics);
    this.#places = new Places(options.limits);
    this.#inTurn = limited(readsAtOnceMax, () => this.#metrics.reads.inc());
    this.#changes = new ChangeWatch(options.databaseUrl, {
      hear: (notice) => this.#hear(notice),
      hearAgain: () => this.#markAll(() => true),
    });
  }

  /** What is left when nobody follows: nothing. */
  get size(): { readonly streams: number; readonly subjects: number; readonly topics: number } {
    return { streams: this.#streams.size, subjects: this.#values.size, topics: this.#topics.size };
  }

  /** Answers with a stream; throws what the plain request would be rejected with. */
  async open({ what }: Followed, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const opener = this.#options.openerOf(request);
    if (request.method === 'HEAD') return this.#answerHead(what, reply);
    const leave = this.#places.take(opener);
    try {
      await this.#changes.open();
      const subject = this.#hold(what);
      try {
        const first = await subject.firstFor(lastIdOf(request));
        // Answered at its time limit, or its client is gone.
        if (reply.sent || reply.raw.destroyed) return leave();
        const stream = new LiveStream(takeOver(request, reply, head), this.#metrics, opener.owner);
        this.#add(stream, subject, reply, leave);
        stream.write(retryFrame());
        if (first !== undefined) stream.send(first);
        if (this.#isStopping) stream.end();
      } finally {
        this.#release(what.name);
      }
    } catch (error) {
      leave();
      throw error;
    } finally {
      if (this.#streams.size === 0 && this.#values.size === 0) this.#changes.leave();
    }
    return undefined;
  }

  /** Closes all streams: their clients go on elsewhere. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const stream of this.#streams.keys()) stream.end();
    clearInterval(this.#sweeping);
    clearTimeout(this.#retrying);
    clearTimeout(this.#rereading);
    await this.#changes.close();
  }

  async #answerHead({ read }: ValueToFollow, reply: FastifyReply): Promise<unknown> {
    const found = await read({ fresh: false });
    if (isRejected(found)) throw problemOf(found.rejection);
    void reply.headers(head);
    return '';
  }

  #add(stream: LiveStream, subject: Subject, reply: FastifyReply, leave: () => void): void {
    this.#streams.set(stream, this.#opened++ % sweepsPerBeat);
    subject.followers.add(stream);
    this.#metrics.open.set(this.#streams.size);
    this.#sweeping ??= setInterval(() => this.#sweep(), sweepEveryMs).unref();
    const { log } = this.#options;
    log.debug({ subject: subject.name }, 'a stream was opened');
    reply.raw.once('close', () => {
      leave();
      this.#streams.delete(stream);
      subject.followers.delete(stream);
      stream.drop();
      this.#metrics.open.set(this.#streams.size);
      this.#forgetUnfollowed(subject.name);
    });
  }

  #hold(what: ValueToFollow): LiveValue {
    const known = this.#values.get(what.name);
    if (known !== undefined) {
      known.held += 1;
      return known.value;
    }
    const { watch, waitMs } = this.#options;
    const value = new LiveValue(what, {
      watch,
      waitMs,
      inTurn: this.#inTurn,
      retopic: (changed, before) => this.#retopic(changed, before),
    });
    this.#values.set(what.name, { value, views: new Set(what.projections.map(viewOf)), held: 1 });
    this.#unread.add(value);
    return value;
  }

  #release(name: string): void {
    const entry = this.#values.get(name);
    if (entry === undefined) return;
    entry.held -= 1;
    this.#forgetUnfollowed(name);
  }

  #forgetUnfollowed(name: string): void {
    const entry = this.#values.get(name);
    if (entry === undefined || entry.held > 0 || entry.value.followers.size > 0) return;
    this.#values.delete(name);
    this.#unread.delete(entry.value);
    this.#failed.delete(entry.value);
    const { topics } = entry.value;
    entry.value.topics = [];
    this.#retopic(entry.value, topics);
    if (this.#streams.size > 0 || this.#values.size > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
    this.#changes.leave();
  }

  #retopic(value: LiveValue, before: readonly string[]): void {
    this.#unread.delete(value);
    // What was read for somebody who has left meanwhile.
    if (this.#values.get(value.name)?.value !== value) value.topics = [];
    for (const topic of before) {
      if (value.topics.includes(topic)) continue;
      const values = this.#topics.get(topic);
      values?.delete(value);
      if (values?.size === 0) this.#topics.delete(topic);
    }
    for (const topic of value.topics) {
      const values = this.#topics.get(topic);
      if (values === undefined) this.#topics.set(topic, new Set([value]));
      else values.add(value);
    }
  }

  #hear({ view, keys }: ChangeNotice): void {
    if (keys === undefined) return this.#markSoon(view);
    const heardAt = performance.now();
    for (const value of this.#unread) this.#mark(value, heardAt);
    for (const [key] of keys) {
      for (const value of this.#topics.get(`${view} ${key ?? ''}`) ?? []) this.#mark(value, heardAt);
    }
  }

  #markSoon(view: string): void {
    this.#changed.add(view);
    this.#rereading ??= setTimeout(() => {
      const changed = new Set(this.#changed);
      this.#changed.clear();
      this.#rereading = undefined;
      this.#markAll((views) => !views.isDisjointFrom(changed));
    }, rereadEveryMs).unref();
  }

  #markAll(isMeant: (views: Views) => boolean): void {
    const heardAt = performance.now();
    for (const { value, views } of this.#values.values()) if (isMeant(views)) this.#mark(value, heardAt);
  }

  #mark(subject: Subject, heardAt: number): void {
    subject.markedAt ??= heardAt;
    subject.refresh().then(
      () => this.#noteSent(subject),
      (error: unknown) => this.#failedToRead(subject, error),
    );
  }

  #noteSent(subject: Subject): void {
    if (subject.markedAt === undefined) return;
    this.#metrics.seconds.observe((performance.now() - subject.markedAt) / 1000);
    subject.markedAt = undefined;
  }

  /** What is no longer there ends its streams; after an outage it is read again. */
  #failedToRead(subject: Subject, error: unknown): void {
    subject.markedAt = undefined;
    if (subject.followers.size === 0 || this.#isStopping) return;
    const { code } = error instanceof Problem ? (error as Problem) : {};
    if (code !== undefined && statusOf[code] < 500) {
      for (const stream of subject.followers) stream.end(code);
      return;
    }
    this.#options.log.debug({ err: error, subject: subject.name }, 'a stream could not be read; it will be retried');
    this.#failed.add(subject);
    this.#retrying ??= setTimeout(() => {
      this.#retrying = undefined;
      const failed = [...this.#failed];
      this.#failed.clear();
      for (const one of failed) this.#mark(one, performance.now());
    }, retryReadsAfterMs).unref();
  }

  #sweep(): void {
    const now = performance.now();
    const turn = this.#sweeps++ % sweepsPerBeat;
    for (const [stream, ownTurn] of this.#streams) {
      if (stream.blockedMs(now) > blockedMsMax || stream.hasTooMuch) this.#drop(stream);
      else if (ownTurn === turn) stream.beat();
      if (stream.owner !== undefined) this.#check(stream, stream.owner);
    }
  }

  #drop(stream: LiveStream): void {
    this.#metrics.dropped.inc();
    this.#options.log.debug('a stream was dropped, because its client did not read');
    stream.drop();
  }

  #check(stream: LiveStream, { caller, expiresAt }: Owner): void {
    if (expiresAt <= Date.now()) return stream.end('TOKEN_INVALID');
    this.#options.goesOn(caller).then(
      (goesOn) => goesOn || stream.end('TOKEN_INVALID'),
      // Asked again in a second.
      () => undefined,
    );
  }
}

function lastIdOf({ headers }: FastifyRequest): string | undefined {
  const given = headers['last-event-id'];
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** So many reads at once, in the order in which they were asked for. */
function limited(atOnceMax: number, note: () => void): InTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (read) => {
    if (running >= atOnceMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    note();
    try {
      return await read();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
