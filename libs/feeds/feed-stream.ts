import { isPosition, parsePosition, storeOf, type Position } from '#event-store';
import type { Redis } from '#platform';
import { CheckpointMoved } from '#projections';
import type { Opened } from './feed-record.ts';
import { feedKey, feedStateKey } from './feed.ts';
import type { LateStream } from './late-streams.ts';
import type { PublicEvent } from './public-event.ts';

/** A public event with the position of its stored event. */
export interface Entry {
  readonly event: PublicEvent;
  readonly position: Position;
}

// What there is without a checkpoint was left by a feed that has lost it, and
// is written again.
const openScript = `
  if redis.call('HEXISTS', KEYS[2], 'position') == 0 then
    if redis.call('XLEN', KEYS[1]) > 0 then redis.call('UNLINK', KEYS[1]) end
    redis.call('HSET', KEYS[2], 'position', ARGV[2])
  end
  redis.call('HSET', KEYS[2], 'writer', ARGV[1])
  return redis.call('HGET', KEYS[2], 'position')
`;

// Moves a mark, the checkpoint or that of a late stream, and appends what is between. Returns 0 and writes nothing if
// there is another writer, or a mark is elsewhere: it was moved already, or Redis went back. The first part of an entry's id
// is the number of an event in the event store; Redis counts in the second part.
const appendScript = `
  if redis.call('HGET', KEYS[2], 'writer') ~= ARGV[1] then return 0 end
  if redis.call('HGET', KEYS[2], 'position') ~= ARGV[2] then return 0 end
  if (redis.call('HGET', KEYS[2], ARGV[3]) or '') ~= ARGV[4] then return 0 end
  for i = 7, #ARGV, 8 do
    redis.call('XADD', KEYS[1], ARGV[i] .. '-*', 'id', ARGV[i + 1], 'type', ARGV[i + 2], 'version', ARGV[i + 3],
      'subject', ARGV[i + 4], 'timestamp', ARGV[i + 5], 'data', ARGV[i + 6], 'position', ARGV[i + 7])
  end
  redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[6])
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[5])
  return 1
`;

// The first entry, if there are more than have to be kept.
const stateScript = `
  local first = redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) and redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
  return { redis.call('HGET', KEYS[2], 'position'), first and first[1][2] or {} }
`;

interface Mark {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** More than a stored event gives. */
const entriesPerEventMax = 10;

/** The stream and its checkpoint. Each call is one script, which does all of it or nothing. */
export class FeedStream {
  readonly #redis: Redis;
  readonly #entriesMax: number;
  #writer = '';
  #checkpoint: Position | undefined;

  constructor(redis: Redis, entriesMax: number) {
    this.#redis = redis;
    this.#entriesMax = entriesMax;
  }

  /** The position up to which everything was told; undefined before the first event. */
  get checkpoint(): Position | undefined {
    return this.#checkpoint;
  }

  /** Without a checkpoint, it starts again where it is told to. */
  async open({ writer, startsAfter = '' as Position }: Opened): Promise<void> {
    const position = await this.#redis.eval(openScript, 2, feedKey, feedStateKey, writer, startsAfter);
    this.#writer = writer;
    this.#checkpoint = positionOf(position);
  }

  /** Throws CheckpointMoved if anybody else has written, or Redis went back. */
  async append(entries: readonly Entry[], to: Position): Promise<void> {
    const mark = { field: 'position', from: this.#checkpoint ?? '', to };
    await this.#write(
      mark,
      entries.flatMap((entry) => argumentsOf(entry, entry.position)),
    );
    this.#checkpoint = to;
  }

  /** Late entries have the number of the event that they come after. */
  async appendLate(entries: readonly Entry[], late: LateStream, { from, to }: Omit<Mark, 'field'>): Promise<void> {
    const at = this.#checkpoint;
    if (at === undefined) throw new Error('nothing is late before the first event');
    await this.#write(
      { field: fieldOf(late), from, to },
      entries.flatMap((entry) => argumentsOf(entry, at)),
    );
  }

  async #write({ field, from, to }: Mark, entries: readonly string[]): Promise<void> {
    const at = this.#checkpoint ?? '';
    const marks = [this.#writer, at, field, from, to, this.#entriesMax];
    const written = await this.#redis.eval(appendScript, 2, feedKey, feedStateKey, ...marks, ...entries);
    if (written !== 1) throw new CheckpointMoved(`the feed was no longer at ${at || 'its start'}`);
  }

  /** How far each late stream was told; empty if nothing of it was. */
  async toldLate(late: readonly LateStream[]): Promise<readonly string[]> {
    const marks = late.length === 0 ? [] : await this.#redis.hmget(feedStateKey, ...late.map(fieldOf));
    return marks.map((mark) => mark ?? '');
  }

  /**
   * Detects a flush, or that Redis went back, even if nothing is written. Returns the position of an event after which there are
   * as many entries as have to be kept; undefined if there are not as many yet.
   */
  async check(): Promise<Position | undefined> {
    const entriesMin = this.#entriesMax + entriesPerEventMax;
    const answer = await this.#redis.eval(stateScript, 2, feedKey, feedStateKey, entriesMin);
    const [position, first] = answer as [string | null, string[]];
    if (position !== (this.#checkpoint ?? '')) throw new CheckpointMoved('the feed is not where it was');
    return positionOf(first[first.indexOf('position') + 1]);
  }
}

function argumentsOf({ event, position }: Entry, at: Position): string[] {
  const { id, type, version, subject, timestamp, data } = event;
  const [number = 0n] = parsePosition(at, storeOf(at));
  return [String(number), id, type, String(version), subject, timestamp, JSON.stringify(data), position];
}

function fieldOf({ decision }: LateStream): string {
  return `late ${decision}`;
}

function positionOf(text: unknown): Position | undefined {
  return typeof text === 'string' && isPosition(text) ? text : undefined;
}
