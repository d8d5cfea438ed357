import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus, type Command, type Query } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import { Histogram, type Registry } from '#platform';

/** Wraps both buses: times and counts each command and query by name. */
@Injectable()
export class UseCases {
  readonly #commands: CommandBus;
  readonly #queries: QueryBus;
  readonly #seconds: { readonly command: Histogram; readonly query: Histogram };

  constructor(commands: CommandBus, queries: QueryBus, registry: Registry) {
    this.#commands = commands;
    this.#queries = queries;
    const secondsOf = (kind: 'command' | 'query'): Histogram =>
      new Histogram({
        name: `holdfast_${kind}_seconds`,
        help: `Time to handle a ${kind}, by its name and outcome`,
        labelNames: [kind, 'outcome'],
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        registers: [registry],
      });
    this.#seconds = { command: secondsOf('command'), query: secondsOf('query') };
  }

  execute<T>(command: Command<T>): Promise<T> {
    return this.#timed('command', command, () => this.#commands.execute(command));
  }

  ask<T>(query: Query<T>): Promise<T> {
    return this.#timed('query', query, () => this.#queries.execute(query));
  }

  async #timed<T>(kind: 'command' | 'query', message: object, run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    let outcome = 'failed';
    try {
      const answer = await run();
      outcome = typeof answer === 'object' && answer !== null && isRejected(answer) ? 'rejected' : 'done';
      return answer;
    } finally {
      const labels = { [kind]: message.constructor.name, outcome };
      this.#seconds[kind].observe(labels, (performance.now() - began) / 1000);
    }
  }
}
