import { Controller, Get, Headers, Param, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SlotAnswer, slotAnswer, SlotPlacesAnswer } from '#answers';
import { ForEverybody } from '#auth/guard';
import { slotStock } from '#domain';
import { consistencyHeader, invalid, NoQuery, problem } from '#http';
import { AvailabilityQueries, availabilityProjection } from '#read-models';
import { SlotAvailability, SlotQueries, slotsProjection, type PlacesOfSlot } from '#read-models';
import { ReadYourWrites } from '../consistency/read-your-writes.ts';
import { Sees } from '../consistency/sees.ts';
import { EntityTag, etagHeader } from '../entity-tag.ts';
import { List } from '../paging/list.ts';
import { SlotsDto } from './slots.dto.ts';

const allSlots = new List<PlacesOfSlot>({
  name: 'slots',
  keyOf: ({ slot_id }) => String(slot_id),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('slots')
@Controller('slots')
@UseInterceptors(EntityTag)
export class SlotsController {
  constructor(
    private readonly places: SlotAvailability,
    private readonly slots: SlotQueries,
    private readonly availability: AvailabilityQueries,
    private readonly readYourWrites: ReadYourWrites,
  ) {}

  @Get('availability')
  @ForEverybody()
  @ApiOperation({ summary: 'How many places each slot has left' })
  @ApiOkResponse({
    type: [SlotPlacesAnswer],
    headers: { ...etagHeader, 'next-cursor': { description: 'When there are more slots: the `cursor` for them' } },
  })
  @Sees()
  async slotAvailability(
    @Query() { page, limit, cursor, ...filter }: SlotsDto,
    @Headers(consistencyHeader) token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly SlotPlacesAnswer[]> {
    const { from, to } = filter;
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
    const paging = allSlots.pagingOf({ page, limit, cursor });
    const waited = await this.readYourWrites.wait(token, slotsProjection, availabilityProjection);
    const { places, hasMore } = await (waited
      ? this.places.pageOfTables(filter, paging)
      : this.places.page(filter, paging));
    const last = hasMore ? places.at(-1) : undefined;
    if (last !== undefined) void reply.header('next-cursor', allSlots.cursorAfter(last));
    return places;
  }

  @Get(':id')
  @ForEverybody()
  @ApiOperation({ summary: 'One slot, with the places it has left' })
  @ApiOkResponse({ type: SlotAnswer, headers: etagHeader })
  @Sees('SLOT_NOT_FOUND')
  async getSlot(
    @Param('id') id: string,
    @Query() _none: NoQuery,
    @Headers(consistencyHeader) token: string | undefined,
  ): Promise<SlotAnswer> {
    const waited = await this.readYourWrites.wait(token, slotsProjection, availabilityProjection);
    const slot = /^\d{1,15}$/.test(id) ? await this.slots.find(Number(id)) : undefined;
    if (slot === undefined) throw problem('SLOT_NOT_FOUND');
    const stock = slotStock(slot.slotId);
    const found = await (waited
      ? this.availability.ofTable([stock]).then(([one]) => one)
      : this.availability.of(stock));
    return slotAnswer(slot, found);
  }
}
