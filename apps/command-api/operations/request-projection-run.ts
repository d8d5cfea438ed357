import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { ProjectionRuns, type ProjectionRun, type RunKind } from '#projections';
import { readModels } from '#read-models';
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

@CommandHandler(RequestProjectionRun)
export class RequestProjectionRunHandler implements ICommandHandler<RequestProjectionRun> {
  constructor(private readonly runs: ProjectionRuns) {}

  async execute({ projection: name, kind, userId }: RequestProjectionRun): Promise<Outcome> {
    const projections = readModels.map(({ projection }) => projection);
    const projection = projections.find((each) => each.name === name);
    if (projection === undefined) {
      return reject({ code: 'PROJECTION_NOT_FOUND', projections: projections.map((each) => each.name).join(', ') });
    }
    return done(await this.runs.request(projection, kind, userId));
  }
}
