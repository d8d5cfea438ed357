import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRejected, type Rejected } from '#domain';
import { problem, Problem, problemOf, statusOf, takeOver, type Rejection } from '#http';
import type { Caller } from '#people';
import { Turns, type Logger, type Pool, type Registry } from '#platform';
import { ChangeWatch, viewOf, type ChangeNotice, type CheckpointWatch } from '#projections';
import { FollowedList, type FollowedValue, type ListKind, type ListToFollow, type ValueToFollow } from './followed.ts';
import { retryFrame } from './frames.ts';
import { ListFeed } from './list-feed.ts';
import { LiveList } from './live-list.ts';
import { LiveStream, type Owner } from './live-stream.ts';
import { LiveValue } from './live-value.ts';
import { createLiveMetrics, type LiveMetrics } from './metrics.ts';
import { Places, type Opener, type StreamLimits } from './places.ts';
import { streamType } from './streams.ts';
import type { InTurn, Subject } from './subject.ts';

export interface LiveStreamsOptions {
  readonly databaseUrl: string;
  readonly pool: Pool;
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

/** Of all lists together, each row of about 300 bytes. */
const rowsMax = 500_000;

export type Followed = FollowedValue | FollowedList;
type Views = ReadonlySet<string>;

interface Entry {
  readonly subject: Subject;
  readonly views: Views;
  /** How many clients wait for what they get first. */
  held: number;
  readonly forget: () => void;
}

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
  readonly #subjects = new Map<string, Entry>();
  readonly #feeds = new Map<ListKind, ListFeed>();
  #rows = 0;
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
  /** Requests whose stream has not begun yet. */
  #opening = 0;
  #isStopping = false;

  constructor(options: LiveStreamsOptions) {
    this.#options = options;
    this.#metrics = createLiveMetrics(options.metrics);
    this.#places = new Places(options.limits);
    // Of each subject and of each kind of list, one read waits at most.
    const turns = new Turns({ runningMax: readsAtOnceMax, waitingMax: Infinity, rejection: Error });
    this.#inTurn = (read) =>
      turns.take(() => {
        this.#metrics.reads.inc();
        return read();
      });
    this.#changes = new ChangeWatch(options.databaseUrl, {
      hear: (notice) => this.#hear(notice),
      hearAgain: () => {
        for (const feed of this.#feeds.values()) feed.gap();
        this.#markAll(() => true);
      },
    });
  }

  /** What is left when nobody follows: nothing. */
  get size(): { readonly streams: number; readonly subjects: number; readonly topics: number } {
    return { streams: this.#streams.size, subjects: this.#subjects.size, topics: this.#topics.size };
  }

  /** Answers with a stream; throws what the plain request would be rejected with. */
  async open(followed: Followed, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (request.method === 'HEAD') return this.#answerHead(followed, reply);
    const opener = this.#options.openerOf(request);
    const leave = this.#places.take(opener);
    // Also of a client that leaves before it is answered.
    reply.raw.once('close', leave);
    this.#opening += 1;
    try {
      await this.#changes.open();
      await this.#join(followed, request, reply, opener.owner, leave);
    } catch (error) {
      leave();
      throw error;
    } finally {
      this.#opening -= 1;
      this.#leaveIfUnfollowed();
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

  async #join(
    followed: Followed,
    request: FastifyRequest,
    reply: FastifyReply,
    owner: Owner | undefined,
    leave: () => void,
  ): Promise<void> {
    const entry = this.#hold(followed);
    const { subject } = entry;
    try {
      await subject.join(lastIdOf(request), (first) => {
        // Answered at its time limit, or its client is gone.
        if (reply.sent || reply.raw.destroyed) return leave();
        const stream = new LiveStream(takeOver(request, reply, head), this.#metrics, owner);
        this.#add(stream, subject, reply, leave);
        stream.write(retryFrame());
        if (first !== undefined) stream.send(first);
        if (this.#isStopping) stream.end();
      });
    } finally {
      entry.held -= 1;
      this.#forgetUnfollowed(subject.name);
    }
  }

  async #answerHead({ what }: Followed, reply: FastifyReply): Promise<unknown> {
    const found: object = 'read' in what ? await what.read({ fresh: false }) : await what.rows();
    if (isRejected(found)) throw problemOf((found as Rejected<Rejection>).rejection);
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

  #hold(followed: Followed): Entry {
    const known = this.#subjects.get(followed.what.name);
    const entry = known ?? (followed instanceof FollowedList ? this.#list(followed.what) : this.#value(followed.what));
    this.#subjects.set(followed.what.name, entry);
    entry.held += 1;
    return entry;
  }

  #value(what: ValueToFollow): Entry {
    const { watch, waitMs } = this.#options;
    const value = new LiveValue(what, {
      watch,
      waitMs,
      inTurn: this.#inTurn,
      retopic: (changed, before) => this.#retopic(changed, before),
    });
    this.#unread.add(value);
    const forget = (): void => {
      this.#unread.delete(value);
      const { topics } = value;
      value.topics = [];
      this.#retopic(value, topics);
    };
    return { subject: value, views: new Set(what.projections.map(viewOf)), held: 0, forget };
  }

  #list(what: ListToFollow): Entry {
    if (this.#rows > rowsMax) throw problem('OVERLOADED');
    const { kind } = what;
    const feed = this.#feeds.get(kind) ?? this.#feedOf(kind);
    const list = new LiveList(what, {
      pool: this.#options.pool,
      inTurn: this.#inTurn,
      mark: (changed) => this.#mark(changed, performance.now()),
      reread: (columns) => feed.reread(columns),
      note: (more) => (this.#rows += more),
    });
    feed.add(list);
    const forget = (): void => {
      feed.remove(list);
      list.forget();
    };
    return { subject: list, views: new Set(kind.projections.map(viewOf)), held: 0, forget };
  }

  #feedOf(kind: ListKind): ListFeed {
    const feed = new ListFeed(kind, {
      inTurn: this.#inTurn,
      noteSent: (heardAt) => this.#metrics.seconds.observe((performance.now() - heardAt) / 1000),
      mark: (list) => this.#mark(list, performance.now()),
    });
    this.#feeds.set(kind, feed);
    return feed;
  }

  #forgetUnfollowed(name: string): void {
    const entry = this.#subjects.get(name);
    if (entry === undefined || entry.held > 0 || entry.subject.followers.size > 0) return;
    this.#subjects.delete(name);
    this.#failed.delete(entry.subject);
    entry.forget();
    this.#leaveIfUnfollowed();
  }

  #leaveIfUnfollowed(): void {
    if (this.#streams.size + this.#subjects.size + this.#opening > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
    this.#changes.leave();
  }

  #retopic(value: LiveValue, before: readonly string[]): void {
    this.#unread.delete(value);
    // What was read for somebody who has left meanwhile.
    if (this.#subjects.get(value.name)?.subject !== value) value.topics = [];
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

  #hear(notice: ChangeNotice): void {
    const { view, keys } = notice;
    if (keys === undefined) return this.#markSoon(view);
    for (const feed of this.#feeds.values()) feed.hear(notice);
    const heardAt = performance.now();
    for (const value of this.#unread) this.#mark(value, heardAt);
    for (const [key] of keys) {
      for (const value of this.#topics.get(`${view} ${key ?? ''}`) ?? []) this.#mark(value, heardAt);
    }
  }

  #markSoon(view: string): void {
    this.#changed.add(view);
    for (const feed of this.#feeds.values()) if (feed.reads(view)) feed.gap();
    this.#rereading ??= setTimeout(() => {
      const changed = new Set(this.#changed);
      this.#changed.clear();
      this.#rereading = undefined;
      this.#markAll((views) => !views.isDisjointFrom(changed));
    }, rereadEveryMs).unref();
  }

  #markAll(isMeant: (views: Views) => boolean): void {
    const heardAt = performance.now();
    for (const { subject, views } of this.#subjects.values()) if (isMeant(views)) this.#mark(subject, heardAt);
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
    const waiting = this.#subjects.get(subject.name)?.held ?? 0;
    if (subject.followers.size + waiting === 0 || this.#isStopping) return;
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
