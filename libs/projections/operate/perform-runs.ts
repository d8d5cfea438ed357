import { randomUUID } from 'node:crypto';
import { StoreUnavailable, type EventStore, type Position } from '#event-store';
import { assertMigrated, isOutage, type Leases, type Logger, type Pool, type Redis } from '#platform';
import type { Process } from '#processes';
import { projectionMigrations } from '../migrations.ts';
import { Generations } from '../run/generations.ts';
import type { Projection } from '../define/projection.ts';
import { failureOf, lagOf } from './failure.ts';
import { isOf, progressOf, shownDifferences } from './projection-run.ts';
import { ProjectionRuns, type RunEnd, type RunReport, type TakenRun } from './projection-runs.ts';
import { RebuiltElsewhere, rebuild } from './rebuild.ts';
import { RunProgress } from './run-progress.ts';
import { verify } from './verify.ts';

export interface PerformRunsOptions {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly redis: Redis;
  readonly projections: readonly { readonly projection: Projection; readonly inRedis: boolean }[];
  readonly leases: Pick<Leases, 'take' | 'ttlMs'>;
  readonly log: Logger;
}

interface Performance {
  readonly run: TakenRun;
  readonly projection: Projection;
  readonly progress: RunProgress;
  readonly stopping: AbortSignal;
  /** Aborted when the run was cancelled, or another process has taken it. */
  readonly lost: AbortController;
  /** Aborted when either is. */
  readonly signal: AbortSignal;
}

/** A run that ends its process, or that something always interrupts, must not be tried for ever. */
const attemptsMax = 5;
const givenUp = `given up after ${attemptsMax} attempts without progress`;
const leaseShare = 4;

/**
 * Performs the rebuilds and verifications that staff requested, one at a time in the whole installation. One that was
 * interrupted goes on: a rebuild where it was, a verification from its beginning.
 */
export class PerformRuns implements Process {
  readonly name = 'projection-runs';
  readonly waitsFor = 'the table of projection runs';
  readonly everyMs = 1000;
  readonly #options: PerformRunsOptions;
  readonly #runs: ProjectionRuns;
  readonly #owner = randomUUID();

  constructor(options: PerformRunsOptions) {
    this.#options = options;
    this.#runs = new ProjectionRuns(options.pool);
  }

  assertThere(): Promise<void> {
    return assertMigrated(this.#options.pool, projectionMigrations);
  }

  async round(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.#performNext(signal)));
  }

  async #performNext(stopping: AbortSignal): Promise<boolean> {
    const { projections, log } = this.#options;
    const run = await this.#runs.take(
      projections.map(({ projection }) => projection),
      this.#owner,
    );
    const projection = projections.find((each) => run !== undefined && isOf(run, each.projection))?.projection;
    if (run === undefined || projection === undefined) return false;
    const lost = new AbortController();
    const progress = new RunProgress(
      { events: run.events, position: run.position ?? undefined, generation: run.generation ?? undefined },
      async (report) => {
        if (!(await this.#runs.report(run.id, this.#owner, counted(run, report)))) lost.abort();
      },
    );
    const signal = AbortSignal.any([stopping, lost.signal]);
    const performance: Performance = { run, projection, progress, stopping, lost, signal };
    const renewing = setInterval(() => void this.#renew(run, lost), this.#options.leases.ttlMs / leaseShare);
    log.info(saidOf(run), 'a projection run starts');
    try {
      await this.#end(performance, await this.#perform(performance));
    } catch (error) {
      await this.#interrupted(error, performance);
    } finally {
      clearInterval(renewing);
      await progress.settle();
    }
    return !lost.signal.aborted;
  }

  /** A lease that cannot be renewed now is perhaps renewed later; if another process has it, that goes on with the run. */
  async #renew(run: TakenRun, lost: AbortController): Promise<void> {
    const isLeased = await this.#options.leases.take(this.name).catch(() => true);
    const isOurs = await this.#runs.isPerformedBy(run.id, this.#owner).catch(() => true);
    if (!isLeased || !isOurs) lost.abort();
  }

  async #perform(performance: Performance): Promise<RunEnd> {
    const { run, lost, signal } = performance;
    if (run.attempts > attemptsMax) return { state: 'failed', error: givenUp };
    const head = await this.#options.store.head();
    if (!(await this.#runs.start(run.id, this.#owner, head))) lost.abort();
    signal.throwIfAborted();
    switch (run.kind) {
      case 'rebuild':
        return this.#rebuild(performance);
      case 'verify':
        return this.#verify(performance);
    }
  }

  async #rebuild({ run, projection, progress, signal }: Performance): Promise<RunEnd> {
    const { pool, store } = this.#options;
    const before = run.events;
    const live = await new Generations(pool, projection).find('live');
    // The process ended after its generation went live, and before it could say so.
    if (run.generation !== null && live?.number === run.generation) return { state: 'done' };
    const onProgress = (now: { events: number; checkpoint: Position | undefined; generation: number }): void =>
      progress.note({ events: before + now.events, position: now.checkpoint, generation: now.generation });
    const generation = await rebuild({ pool, store, projection, signal, onProgress });
    progress.note({ ...progress.latest, generation });
    return { state: 'done' };
  }

  async #verify({ projection, progress, signal }: Performance): Promise<RunEnd> {
    const { pool, store, redis, projections } = this.#options;
    const inRedis = projections.some((each) => each.projection === projection && each.inRedis);
    const onProgress = (now: { events: number; checkpoint: Position }): void =>
      progress.note({ events: now.events, position: now.checkpoint });
    const verifying = { pool, store, projection, redis: inRedis ? redis : undefined, signal, onProgress };
    const { rows, differences, lagsAt } = await verify(verifying);
    const found = { rows, differences: differences.length, differencesShown: shownDifferences(differences) };
    if (lagsAt !== undefined) return { ...found, state: 'failed', error: lagOf(projection, lagsAt) };
    return { ...found, state: 'done' };
  }

  async #end({ run, progress }: Performance, end: RunEnd): Promise<void> {
    const report = await progress.settle();
    if (!(await this.#runs.end(run.id, this.#owner, report, end))) return;
    this.#options.log.info({ ...saidOf(run), ...end, differencesShown: undefined }, 'a projection run ended');
  }

  /** What is not the fault of the projection is tried again. */
  async #interrupted(error: unknown, performance: Performance): Promise<void> {
    const { run, projection, progress, stopping, lost } = performance;
    const { log } = this.#options;
    if (lost.signal.aborted)
      return log.warn(saidOf(run), 'a projection run was cancelled, or another projector has taken it');
    const why = error instanceof Error ? error.message : String(error);
    const failure = failureOf(error, projection);
    if (stopping.aborted || (failure === undefined && isTransient(error))) {
      const report = counted(run, await progress.settle());
      // Without the event store no run gets anywhere: they all wait.
      const isCounted = !stopping.aborted && !(error instanceof StoreUnavailable);
      if (isCounted && !report.isFurther && run.attempts >= attemptsMax) {
        return this.#end(performance, { state: 'failed', error: `${givenUp}: ${why}` });
      }
      const interruption = { error: stopping.aborted ? undefined : why, isCounted };
      await this.#runs.giveBack(run.id, this.#owner, report, interruption);
      if (stopping.aborted) return;
      throw error;
    }
    if (failure === undefined) log.error({ ...saidOf(run), err: error }, 'a projection run failed');
    await this.#end(performance, { state: 'failed', error: failure ?? why });
  }
}

/**
 * A rebuild keeps what it has replayed; a verification begins again, and is never further. What was appended since a
 * rebuild had replayed everything does not bring it further either.
 */
function counted(run: TakenRun, report: RunReport): RunReport {
  const wasReplayed = run.head !== null && progressOf(run) === 1;
  const isFurther = run.kind === 'rebuild' && !wasReplayed && (report.position ?? null) !== run.position;
  return { ...report, isFurther };
}

function isTransient(error: unknown): boolean {
  return error instanceof StoreUnavailable || error instanceof RebuiltElsewhere || isOutage(error);
}

function saidOf({ id, projection, kind, requestedBy }: TakenRun): object {
  return { run: id, projection, kind, requestedBy };
}
