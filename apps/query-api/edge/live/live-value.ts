import { ForeignPosition, isPosition, type Position } from '#event-store';
import { isRejected } from '#domain';
import { problemOf } from '#http';
import type { CheckpointWatch } from '#projections';
import { topicKey, type ValueToFollow } from './followed.ts';
import { digest } from './frames.ts';
import { Sent } from './live-stream.ts';
import { Subject, type InTurn } from './subject.ts';

export interface ValueParts {
  readonly watch: Pick<CheckpointWatch, 'heard' | 'reached'>;
  readonly waitMs: number;
  readonly inTurn: InTurn;
  /** Told when the topics are others than before. */
  readonly retopic: (value: LiveValue, before: readonly string[]) => void;
}

/** One thing that streams follow: each event is the whole answer of the plain request. */
export class LiveValue extends Subject {
  topics: readonly string[] = [];
  readonly #what: ValueToFollow;
  readonly #parts: ValueParts;
  #last: Sent | undefined;
  #digest = '';

  constructor(what: ValueToFollow, parts: ValueParts) {
    super(what.name, parts.inTurn);
    this.#what = what;
    this.#parts = parts;
  }

  async join(lastId: string | undefined, begin: (first: Sent | undefined) => void): Promise<void> {
    const known = lastId === undefined ? undefined : await this.#knownOf(lastId);
    await this.refresh();
    const last = this.#last;
    if (last === undefined || known === this.#digest) return begin(undefined);
    if (lastId === undefined || known !== undefined) return begin(last);
    begin(new Sent({ events: [], id: last.id, reset: last.events[0]?.[1] ?? 'null' }));
  }

  protected async read(): Promise<void> {
    const { read, topicsOf, projections } = this.#what;
    const covered = this.#parts.watch.heard(projections[0]) ?? '-';
    const answer = await read({ fresh: true });
    if (isRejected(answer)) throw problemOf(answer.rejection);
    const before = this.topics;
    this.topics = topicsOf(answer).map(topicKey);
    this.#parts.retopic(this, before);
    const json = JSON.stringify(answer);
    if (json === this.#last?.events[0]?.[1]) return;
    this.#digest = digest(json);
    this.#last = new Sent({ events: [['', json]], id: `${covered}.${this.#digest}` });
    this.send(this.#last);
  }

  /** The digest of what the client has; undefined if what it has may be newer than anything here, or no id of ours. */
  async #knownOf(lastId: string): Promise<string | undefined> {
    const [position = '', known] = lastId.split('.', 2);
    if (known === undefined || !(position === '-' || isPosition(position))) return undefined;
    if (position === '-') return known;
    return (await this.#isReached(position)) ? known : undefined;
  }

  async #isReached(position: Position): Promise<boolean> {
    const { watch, waitMs } = this.#parts;
    try {
      return await watch.reached(this.#what.projections[0], position, waitMs);
    } catch (error) {
      if (error instanceof ForeignPosition) return false;
      throw error;
    }
  }
}
