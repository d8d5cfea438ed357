import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { ProjectionRuns, type ProjectionRun } from '#projections';
import { done, type UseCaseOutcome } from '#use-cases';
import { RebuiltProjections } from './request-projection-run.ts';

type Rejection = { readonly code: 'RUN_NOT_FOUND' } | { readonly code: 'RUN_ENDED'; readonly state: string };
type Outcome = UseCaseOutcome<ProjectionRun, Rejection>;

/** Ends a rebuild or a verification that is requested or running. One that was cancelled before is the answer. */
export class CancelProjectionRun extends Command<Outcome> {
  constructor(
    readonly projection: string,
    readonly runId: string,
  ) {
    super();
  }
}

const runIdPattern = /^\d{1,15}$/;

@CommandHandler(CancelProjectionRun)
export class CancelProjectionRunHandler implements ICommandHandler<CancelProjectionRun> {
  constructor(
    private readonly runs: ProjectionRuns,
    private readonly projections: RebuiltProjections,
  ) {}

  async execute({ projection: name, runId }: CancelProjectionRun): Promise<Outcome> {
    const projection = this.projections.named(name);
    if (projection === undefined || !runIdPattern.test(runId)) return reject({ code: 'RUN_NOT_FOUND' });
    const run = await this.runs.cancel(projection, Number(runId));
    if (run === undefined) return reject({ code: 'RUN_NOT_FOUND' });
    if (run.state !== 'cancelled') return reject({ code: 'RUN_ENDED', state: run.state });
    return done(run);
  }
}
