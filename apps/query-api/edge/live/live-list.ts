import { isPosition, storeOf, type Position } from '#event-store';
import { isRejected } from '#domain';
import { problemOf } from '#http';
import type { Pool } from '#platform';
import { versionsOf, viewOf, type Version } from '#projections';
import { followedRowsMax, type FollowedRow } from '#read-models';
import type { ListToFollow } from './followed.ts';
import { Sent, type Batch } from './live-stream.ts';
import { Subject, type InTurn } from './subject.ts';

export interface ListParts {
  readonly pool: Pool;
  readonly inTurn: InTurn;
  /** Reads the list again, until that succeeds. */
  readonly mark: (list: Subject) => void;
  /** Reads a row again by the columns of its key. */
  readonly reread: (columns: readonly string[]) => void;
  /** How many rows are remembered more than before. */
  readonly note: (more: number) => void;
}

interface Known {
  readonly json: string;
  readonly version: number;
  readonly positions: readonly string[];
  readonly columns: readonly string[];
}

type Event = readonly [key: string, json: string];

const nothing = '-';
const idShape = /^(\w+)~(\d+)~(\d+)~(\S+)$/;

/** A list that streams follow: each event is one row of the plain request's answer. */
export class LiveList<Value = unknown> extends Subject {
  readonly #what: ListToFollow<Value>;
  readonly #parts: ListParts;
  #rows = new Map<string, Known>();
  /** All changes before these were sent, for each projection. */
  #covered: Version[] = [];
  /** Changes may have been missed, until everything was read again. */
  #gaps = 0;
  #isWhole = false;
  #hasRead = false;
  #isForgotten = false;
  #isReading = false;
  /** Rows that have left while the list was read, with the version as which they left. */
  #gone = new Map<string, number>();
  #mustReset = false;
  /** What is sent to clients that wait for what they get first. */
  readonly #recordings = new Set<Sent[]>();
  #state: Sent | undefined;

  constructor(what: ListToFollow<Value>, parts: ListParts) {
    super(what.name, parts.inTurn);
    this.#what = what;
    this.#parts = parts;
  }

  /** Nobody follows it any more. */
  forget(): void {
    this.#parts.note(-this.#rows.size);
    this.#rows.clear();
    this.#isForgotten = true;
  }

  /** Anything may have changed without being told: what is told after it does not say how far the list has come. */
  gap(): void {
    this.#gaps += 1;
    this.#isWhole = false;
  }

  /** Rows that have changed, of any list; those of each projection are known up to its position. */
  take(rows: readonly FollowedRow<Value>[], upTo: ReadonlyMap<string, Position>): void {
    const events = rows.flatMap((row) => this.#takeRow(row));
    if (this.#isWhole) this.#cover(upTo);
    if (this.#mustReset) return this.#parts.mark(this);
    if (events.length > 0) this.#tell({ events, id: this.#id });
  }

  async join(lastId: string | undefined, begin: (first: Sent | undefined) => void): Promise<void> {
    const recording: Sent[] = [];
    this.#recordings.add(recording);
    try {
      await this.refresh();
      if (lastId === undefined) return begin((this.#state ??= this.#wholeState()));
      const from = this.#positionsIn(lastId);
      const left = from && (await this.#what.leftAfter(from));
      begin(from === undefined || left === undefined ? this.#reset() : this.#since(from, left, recording));
    } finally {
      this.#recordings.delete(recording);
    }
  }

  #since(from: readonly string[], left: readonly FollowedRow<Value>[], recording: readonly Sent[]): Sent | undefined {
    if (this.#mustReset || recording.some(({ reset }) => reset !== undefined)) return this.#reset();
    const events = new Map<string, string>();
    for (const row of left) events.set(row.key, this.#jsonOf(row));
    for (const [key, { json, positions }] of this.#rows) {
      if (positions.some((position, index) => position > (from[index] ?? ''))) events.set(key, json);
    }
    for (const sent of recording) for (const [key, json] of sent.events) events.set(key, json);
    return events.size === 0 ? undefined : new Sent({ events: [...events], id: this.#id });
  }

  #reset(): Sent {
    return new Sent({ events: [], id: this.#id, reset: this.#wholeArray() });
  }

  protected async read(): Promise<void> {
    const { kind, rows } = this.#what;
    const gaps = this.#gaps;
    this.#gone = new Map();
    this.#isReading = true;
    const versions = await versionsOf(this.#parts.pool, kind.projections);
    const found = await rows().finally(() => (this.#isReading = false));
    if (this.#isForgotten) return;
    if (isRejected(found)) throw problemOf(found.rejection);
    const before = this.#rows;
    const sizeBefore = before.size;
    const covered = kind.projections.map(
      (projection) => versions.get(viewOf(projection)) ?? { generation: 0, repairs: 0, checkpoint: undefined },
    );
    const events: Event[] = [];
    this.#rows = new Map();
    for (const row of found) {
      const known = before.get(row.key);
      before.delete(row.key);
      if ((this.#gone.get(row.key) ?? 0) > row.version) continue;
      const json = this.#jsonOf(row);
      const isNewer = known === undefined || known.version <= row.version;
      this.#rows.set(row.key, isNewer ? { ...row, json } : known);
      if (isNewer && json !== known?.json) events.push([row.key, json]);
    }
    this.#sortOut(before, covered);
    this.#parts.note(this.#rows.size - sizeBefore);
    this.#covered = covered.map((version, index) => laterOf(version, this.#covered[index]));
    if (gaps === this.#gaps) this.#isWhole = true;
    this.#state = undefined;
    const isFirst = !this.#hasRead;
    this.#hasRead = true;
    if (isFirst) return;
    if (this.#mustReset) {
      this.#mustReset = false;
      this.#tell(this.#reset());
    } else if (events.length > 0) this.#tell({ events, id: this.#id });
  }

  /** Rows that were not found: newer than what was read, or no longer in the list. */
  #sortOut(others: Map<string, Known>, covered: readonly Version[]): void {
    for (const [key, known] of others) {
      const isNewer = known.positions.some((position, index) => position > (covered[index]?.checkpoint ?? ''));
      if (isNewer || this.#what.kind.showsLeaving) {
        if (this.#rows.size < followedRowsMax) this.#rows.set(key, known);
      } else {
        this.#mustReset = true;
        this.#gone.set(key, known.version + 0.25);
      }
      // It is told as it is now, and then forgotten.
      if (!isNewer && this.#what.kind.showsLeaving) this.#parts.reread(known.columns);
    }
  }

  #takeRow(row: FollowedRow<Value>): readonly Event[] {
    const known = this.#rows.get(row.key);
    if ((known?.version ?? this.#gone.get(row.key) ?? 0) > row.version) return [];
    if (this.#what.matches(row.value)) {
      const json = this.#jsonOf(row);
      // Told, but not remembered.
      if (known === undefined && this.#rows.size >= followedRowsMax) return [[row.key, json]];
      this.#rows.set(row.key, { ...row, json });
      this.#state = undefined;
      if (known === undefined) this.#parts.note(1);
      return known?.json === json ? [] : [[row.key, json]];
    }
    if (known === undefined) return [];
    this.#rows.delete(row.key);
    if (this.#isReading) this.#gone.set(row.key, row.version);
    this.#state = undefined;
    this.#parts.note(-1);
    if (this.#what.kind.showsLeaving) return [[row.key, this.#jsonOf(row)]];
    this.#mustReset = true;
    return [];
  }

  #tell(batch: Batch): void {
    const sent = batch instanceof Sent ? batch : new Sent(batch);
    for (const recording of this.#recordings) recording.push(sent);
    this.send(sent);
  }

  #cover(upTo: ReadonlyMap<string, Position>): void {
    for (const [index, projection] of this.#what.kind.projections.entries()) {
      const position = upTo.get(viewOf(projection));
      const version = this.#covered[index];
      if (position === undefined || version === undefined) continue;
      if (position > (version.checkpoint ?? '')) this.#covered[index] = { ...version, checkpoint: position };
    }
  }

  get #id(): string {
    const { projections } = this.#what.kind;
    if (projections.length === 0) return nothing;
    return this.#covered
      .map(({ generation, repairs, checkpoint = nothing }, index) => {
        const projection = projections[index];
        return `${projection ? viewOf(projection) : ''}~${generation}~${repairs}~${checkpoint}`;
      })
      .join(',');
  }

  /** How far a client has come; undefined if that does not tell what has changed since. */
  #positionsIn(lastId: string): readonly string[] | undefined {
    const parts = lastId.split(',');
    const { projections } = this.#what.kind;
    if (projections.length === 0 || parts.length !== projections.length) return undefined;
    const positions: string[] = [];
    for (const [index, projection] of projections.entries()) {
      const [, view, generation, repairs, position = ''] = idShape.exec(parts[index] ?? '') ?? [];
      const covered = this.#covered[index];
      if (view !== viewOf(projection) || covered === undefined) return undefined;
      if (Number(generation) !== covered.generation || Number(repairs) !== covered.repairs) return undefined;
      if (position !== nothing && !isReached(position, covered.checkpoint)) return undefined;
      positions.push(position === nothing ? '' : position);
    }
    return positions;
  }

  #jsonOf({ value }: FollowedRow<Value>): string {
    return JSON.stringify(this.#what.kind.answerOf(value));
  }

  #wholeState(): Sent {
    return new Sent({ events: [...this.#rows].map(([key, { json }]) => [key, json] as const), id: this.#id });
  }

  #wholeArray(): string {
    return `[${[...this.#rows.values()].map(({ json }) => json).join(',')}]`;
  }
}

function isReached(position: string, checkpoint: Position | undefined): boolean {
  if (!isPosition(position) || checkpoint === undefined) return false;
  return storeOf(position) === storeOf(checkpoint) && position <= checkpoint;
}

function laterOf(read: Version, known: Version | undefined): Version {
  const isSame = known?.generation === read.generation && known.repairs === read.repairs;
  return isSame && (known.checkpoint ?? '') > (read.checkpoint ?? '') ? known : read;
}
