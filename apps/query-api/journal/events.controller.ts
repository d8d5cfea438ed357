import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isRejected } from '#domain';
import { invalid, NoQuery } from '#http';
import { Roles } from '#http/guard';
import { itemsProjection, journalProjection, ordersProjection, type JournalEvent } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { JournalIsOn } from '../edge/journal-is-on.guard.ts';
import { List } from '../edge/paging/list.ts';
import { Sees } from '../edge/sees.ts';
import { EventAnswer, eventAnswer, EventsAnswer, EventsDto } from './events.dto.ts';
import { GetEvent } from './get-event.ts';
import { ListEvents } from './list-events.ts';

const listed = new List<JournalEvent>({
  name: 'events',
  keyOf: ({ place }) => String(place),
  keyShape: /^\d{1,15}$/,
});
const staffOnly = ['JOURNAL_OFF', 'JOURNAL_NOT_BUILT', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN'] as const;

@ApiTags('operations')
@ApiBearerAuth()
@Controller('admin/events')
@UseGuards(JournalIsOn)
export class EventsController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @Roles('staff')
  @ApiOperation({
    summary: 'List events',
    description:
      'Lists the events of all streams that all given conditions apply to, newest first. With `correlationId`, ' +
      'everything that one request caused. Staff only, and only if the installation keeps the journal.',
  })
  @ApiOkResponse({ type: EventsAnswer })
  @Sees(
    ({ subject }) =>
      subject === undefined ? [journalProjection] : [journalProjection, itemsProjection, ordersProjection],
    ...staffOnly,
  )
  async listEvents(@Query() { page, limit, cursor, type: types, ...wanted }: EventsDto) {
    const { from, to } = wanted;
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
    const paging = listed.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListEvents({ ...wanted, types }, paging));
    const { totalIsExact } = found;
    return { events: found.rows.map(eventAnswer), ...listed.answerOf(found, paging), totalIsExact };
  }

  @Get(':eventId')
  @Roles('staff')
  @ApiOperation({
    summary: 'Get an event',
    description: 'Returns one event as it is stored. Staff only, and only if the installation keeps the journal.',
  })
  @ApiOkResponse({ type: EventAnswer })
  @Sees([journalProjection], 'EVENT_NOT_FOUND', ...staffOnly)
  async getEvent(@Param('eventId') eventId: string, @Query() _none: NoQuery) {
    const event = await this.useCases.ask(new GetEvent(eventId));
    return isRejected(event) ? event : eventAnswer(event);
  }
}
