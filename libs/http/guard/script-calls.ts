import { ReplyError } from 'ioredis';
import type { Redis } from '#platform';

type Argument = string | number;

/** The scripts that do the same for each of several requests of a user, and answer for each in turn. */
type Script = 'holdfastCheck' | 'holdfastSettle';

/** What a request adds to the call: its keys and arguments, in the order in which the script takes them. */
interface Call {
  readonly keys: readonly string[];
  readonly args: readonly Argument[];
}

interface Group {
  readonly script: Script;
  readonly keys: string[];
  readonly args: Argument[];
  readonly answers: PromiseWithResolvers<unknown>[];
}

type Scripts = Redis & Record<Script, (keysCount: number, ...keysAndArguments: Argument[]) => Promise<unknown[]>>;

/** Redis does nothing else during a call. */
const requestsPerCallMax = 100;

/**
 * Calls a script once for all requests of one user in one turn of the event loop, because a call costs several times as
 * much as what the script does. All keys of a user have the same hash tag.
 */
export class ScriptCalls {
  readonly #redis: Scripts;
  readonly #waiting = new Map<string, Group>();

  constructor(redis: Redis) {
    this.#redis = redis as Scripts;
  }

  /** The answer for this request. `shared` comes first in the call. */
  ask(script: Script, userId: string, { keys, args }: Call, shared: Call = { keys: [], args: [] }): Promise<unknown> {
    const name = `${script} ${userId}`;
    const group = this.#waiting.get(name) ?? this.#begin(name, script, shared);
    group.keys.push(...keys);
    group.args.push(...args);
    const answer = Promise.withResolvers<unknown>();
    if (group.answers.push(answer) === requestsPerCallMax) void this.#send(name, group);
    return answer.promise;
  }

  #begin(name: string, script: Script, shared: Call): Group {
    const group = { script, keys: [...shared.keys], args: [...shared.args], answers: [] };
    this.#waiting.set(name, group);
    setImmediate(() => void this.#send(name, group));
    return group;
  }

  /** Does nothing for a group that was sent because it was full. */
  async #send(name: string, group: Group): Promise<void> {
    if (this.#waiting.get(name) !== group) return;
    this.#waiting.delete(name);
    const { script, keys, args, answers } = group;
    try {
      const found = await this.#redis[script](keys.length, ...keys, ...args);
      for (const [index, { resolve, reject }] of answers.entries()) {
        if (found[index] === null) reject(new ReplyError('the script failed for this request'));
        else resolve(found[index]);
      }
    } catch (error) {
      for (const { reject } of answers) reject(error);
    }
  }
}
