interface Waiting<Input, Output> {
  readonly input: Input;
  readonly answer: PromiseWithResolvers<Output>;
}

export interface StatementGroupsOptions<Input, Output> {
  /** One statement for several inputs; returns the results in order. All or none of them are written. */
  readonly run: (inputs: readonly Input[]) => Promise<readonly Output[]>;
  /** Inputs of the same name are never in the same statement; without names, any are. */
  readonly name?: (input: Input) => string;
  readonly groupMax?: number;
  readonly statementsAtOnceMax?: number;
  /** The error of an input for which too many others are waiting. */
  readonly rejection: new (message: string) => Error;
}

const statementsAtOnceDefault = 2;
const groupMaxDefault = 500;
const waitingMax = 10_000;

/**
 * What waits at the same time is done by one statement, which costs little more than one for a single row. It starts
 * after each of them was asked for.
 */
export class StatementGroups<Input, Output> {
  readonly #options: StatementGroupsOptions<Input, Output>;
  #waiting: Waiting<Input, Output>[] = [];
  #running = 0;

  constructor(options: StatementGroupsOptions<Input, Output>) {
    this.#options = options;
  }

  run(input: Input): Promise<Output> {
    const { statementsAtOnceMax = statementsAtOnceDefault } = this.#options;
    if (this.#waiting.length >= waitingMax)
      return Promise.reject(new this.#options.rejection(`${waitingMax} others are already waiting for a statement`));
    const answer = Promise.withResolvers<Output>();
    this.#waiting.push({ input, answer });
    if (this.#running < statementsAtOnceMax) void this.#runOn();
    return answer.promise;
  }

  async #runOn(): Promise<void> {
    this.#running += 1;
    // What is asked for in the same turn of the event loop shares the first statement.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#runGroup(this.#takeGroup());
    this.#running -= 1;
  }

  #takeGroup(): readonly Waiting<Input, Output>[] {
    const { name: nameOf, groupMax = groupMaxDefault } = this.#options;
    if (nameOf === undefined) return this.#waiting.splice(0, groupMax);
    const group = new Map<string, Waiting<Input, Output>>();
    const left: Waiting<Input, Output>[] = [];
    for (const waiting of this.#waiting) {
      const name = nameOf(waiting.input);
      if (group.size < groupMax && !group.has(name)) group.set(name, waiting);
      else left.push(waiting);
    }
    this.#waiting = left;
    return [...group.values()];
  }

  async #runGroup(group: readonly Waiting<Input, Output>[]): Promise<void> {
    try {
      const outputs = await this.#options.run(group.map(({ input }) => input));
      for (const [index, { answer }] of group.entries()) answer.resolve(outputs[index] as Output);
    } catch (error) {
      // Nothing was written: one of them may be at fault, or have met a statement of another process.
      if (group.length > 1 && failsAlone(error)) for (const waiting of group) await this.#runGroup([waiting]);
      else for (const { answer } of group) answer.reject(error);
    }
  }
}

/** A foreign key that one row violates, or a deadlock. */
const failuresOfOne = new Set<unknown>(['23503', '40P01']);

function failsAlone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && failuresOfOne.has(error.code);
}
