import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SlotAnswer, slotAnswer, SlotPlacesAnswer } from '#answers';
import { isRejected } from '#domain';
import { invalid, NoQuery } from '#http';
import { Public } from '#http/guard';
import { availabilityProjection, saleTermsProjection, slotsProjection, type PlacesOfSlot } from '#read-models';
import { UseCases, type QueryContext } from '#use-cases/bus';
import { EntityTag, etagHeader } from '../edge/entity-tag.ts';
import { Context } from '../edge/query-context.ts';
import { Sees } from '../edge/sees.ts';
import { List } from '../edge/paging/list.ts';
import { GetSlot } from './get-slot.ts';
import { ListSlots } from './list-slots.ts';
import { SlotsDto } from './slots.dto.ts';

const allSlots = new List<PlacesOfSlot>({
  name: 'slots',
  keyOf: ({ slot_id }) => String(slot_id),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('slots')
@Controller('slots')
export class SlotsController {
  constructor(private readonly useCases: UseCases) {}

  @Get('availability')
  @Public()
  @EntityTag()
  @ApiOperation({
    summary: 'List the availability of slots',
    description:
      'Lists slots with their available places; filter by start time or ids. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({
    type: [SlotPlacesAnswer],
    headers: { ...etagHeader, 'next-cursor': { description: '`cursor` of the next page; absent on the last page' } },
  })
  @Sees([slotsProjection, availabilityProjection])
  async slotAvailability(
    @Query() { page, limit, cursor, ...filter }: SlotsDto,
    @Context() context: QueryContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly SlotPlacesAnswer[]> {
    const { from, to } = filter;
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
    const paging = allSlots.pagingOf({ page, limit, cursor });
    const { places, hasMore } = await this.useCases.ask(new ListSlots(context, filter, paging));
    const last = hasMore ? places.at(-1) : undefined;
    if (last !== undefined) void reply.header('next-cursor', allSlots.cursorAfter(last));
    return places;
  }

  @Get(':id')
  @Public()
  @EntityTag()
  @ApiOperation({
    summary: 'Get a slot',
    description: 'Returns one slot with its capacity and available places. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: SlotAnswer, headers: etagHeader })
  @Sees([slotsProjection, availabilityProjection, saleTermsProjection], 'SLOT_NOT_FOUND')
  async getSlot(@Param('id') id: string, @Query() _none: NoQuery, @Context() context: QueryContext) {
    const found = await this.useCases.ask(new GetSlot(context, id));
    return isRejected(found) ? found : slotAnswer(found.slot, found.places, found.terms);
  }
}
