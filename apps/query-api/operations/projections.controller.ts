import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { projectionRunAnswer } from '#answers';
import { NoQuery, Rejects } from '#http';
import { Roles } from '#http/guard';
import type { FollowedRow } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { FollowedList, type ListKind, type StreamContext } from '../edge/live/followed.ts';
import { Following, Streams } from '../edge/live/streams.ts';
import { ListParkedStreams } from './list-parked-streams.ts';
import { ListProjections } from './list-projections.ts';
import type { ReportWithRun } from './projection-reports.ts';
import { ProjectionAnswer, ProjectionsAnswer } from './projections.dto.ts';

@ApiTags('operations')
@Controller('admin/projections')
export class ProjectionsController {
  readonly #kind: ListKind<ProjectionAnswer> = {
    name: 'projections',
    projections: [],
    pollMs: 1000,
    changed: () => Promise.resolve([]),
    answerOf: (projection) => projection,
    showsLeaving: false,
  };

  constructor(private readonly useCases: UseCases) {}

  @Get()
  @Roles('staff')
  @ApiOperation({
    summary: 'List the state of the projections',
    description:
      'Returns the position, lag and last error of each projection, with its rebuild or verification, and the parked ' +
      'streams. Staff only. With ' +
      '`Accept: text/event-stream`, streams the projections, and each of them that changes.',
  })
  @ApiOkResponse({ type: ProjectionsAnswer })
  @Streams()
  @Rejects('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN', 'TOO_MANY_STREAMS', 'OVERLOADED')
  async listProjections(
    @Query() _none: NoQuery,
    @Following() { isStream }: StreamContext,
  ): Promise<ProjectionsAnswer | FollowedList> {
    if (isStream) {
      return FollowedList.of<ProjectionAnswer>({
        name: 'projections',
        kind: this.#kind,
        rows: () => this.#rows(),
        matches: () => true,
        leftAfter: () => Promise.resolve([]),
      });
    }
    const [reports, parked] = await Promise.all([
      this.useCases.ask(new ListProjections()),
      this.useCases.ask(new ListParkedStreams()),
    ]);
    return { projections: reports.map(answerOf), parked };
  }

  async #rows(): Promise<readonly FollowedRow<ProjectionAnswer>[]> {
    const reports = await this.useCases.ask(new ListProjections());
    return reports
      .map(withoutDifferences)
      .map(answerOf)
      .map((value) => {
        const columns = [value.name, String(value.schema), value.store, String(value.generation)];
        return { key: columns.join(' '), columns, value, version: 0, positions: [] };
      });
  }
}

/** They can be 80 kB, and a row is sent about once a second. The plain GET has them. */
function withoutDifferences(report: ReportWithRun): ReportWithRun {
  return { ...report, run: report.run && { ...report.run, differencesShown: [] } };
}

function answerOf({ saidAt, run, ...report }: ReportWithRun): ProjectionAnswer {
  return { ...report, saidAt: saidAt?.toISOString() ?? null, run: run && projectionRunAnswer(run) };
}
