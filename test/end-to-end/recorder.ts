import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime } from '#commands';
import type { Aggregate } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { ConsistencyTokens } from '#http';
import { createMetrics } from '#platform';
import type { RunningSystem } from '#dev/testing';

/** Records what no HTTP command exists for, in the event store of a running system. */
export class Recorder {
  readonly #store: EventStore;
  readonly #runtime: CommandRuntime;
  readonly #tokens: ConsistencyTokens;

  private constructor(store: EventStore, idSecret: string, now: () => number) {
    this.#store = store;
    this.#tokens = new ConsistencyTokens(idSecret);
    this.#runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')), now });
  }

  static async of({ env }: RunningSystem, now: () => number = Date.now): Promise<Recorder> {
    const store = await connectEventStore(env['EVENTSTORE_URL'] ?? '');
    return new Recorder(store, env['HOLDFAST_ID_SECRET'] ?? '', now);
  }

  /** Answers the headers with which a query sees it. */
  async record<Id, S, C extends object, E extends { readonly type: string }, R>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
    command: C,
    userId = 'staff',
  ): Promise<{ 'consistency-token': string }> {
    const context = { commandId: randomUUID(), correlationId: 'c', userId, deadline: Date.now() + 10_000 };
    const outcome = await this.#runtime.execute(aggregate, stream, command, context);
    if (outcome.outcome !== 'recorded') throw new Error(`${stream}: ${JSON.stringify(outcome)}`);
    return { 'consistency-token': this.#tokens.encode({ position: outcome.position, stream }) };
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
