import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { ProjectionRuns, type ProjectionName, type ProjectionRun, type RunKind } from '#projections';
import { done, type UseCaseOutcome } from '#use-cases';

type NotFound = { readonly code: 'PROJECTION_NOT_FOUND'; readonly projections: string };
type Outcome = UseCaseOutcome<ProjectionRun, NotFound>;

/** Requests a rebuild or a verification, which a projector performs; one that is open already is the answer. */
export class RequestProjectionRun extends Command<Outcome> {
  constructor(
    readonly projection: string,
    readonly kind: RunKind,
    readonly userId: string,
  ) {
    super();
  }
}

/** Those that this installation builds. */
export class RebuiltProjections {
  constructor(readonly all: readonly ProjectionName[]) {}

  named(name: string): ProjectionName | undefined {
    return this.all.find((each) => each.name === name);
  }
}

@CommandHandler(RequestProjectionRun)
export class RequestProjectionRunHandler implements ICommandHandler<RequestProjectionRun> {
  constructor(
    private readonly runs: ProjectionRuns,
    private readonly projections: RebuiltProjections,
  ) {}

  async execute({ projection: name, kind, userId }: RequestProjectionRun): Promise<Outcome> {
    const projection = this.projections.named(name);
    if (projection === undefined) {
      const projections = this.projections.all.map((each) => each.name).join(', ');
      return reject({ code: 'PROJECTION_NOT_FOUND', projections });
    }
    return done(await this.runs.request(projection, kind, userId));
  }
}
