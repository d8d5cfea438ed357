import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { listedSlotAnswer, SlotAnswer, slotAnswer, SlotPlacesAnswer } from '#answers';
import { isRejected } from '#domain';
import { invalid, NoQuery } from '#http';
import { Public, Roles } from '#http/guard';
import { HoldIds } from '#ids';
import { viewOf } from '#projections';
import { FollowedPlacesQueries, isAmong, placesProjections, slotStockPrefix, type FollowedPlaces } from '#read-models';
import { availabilityProjection, movementsProjection, saleTermsProjection, slotsProjection } from '#read-models';
import { isKnown, placeOfSlot, slotSorts, type SlotFilter } from '#read-models';
import { UseCases, type QueryContext } from '#use-cases/bus';
import { EntityTag, etagHeader } from '../edge/entity-tag.ts';
import { Context } from '../edge/query-context.ts';
import { FollowedList, wholeListOnly, type ListKind, type StreamContext } from '../edge/live/followed.ts';
import { Following, Streams } from '../edge/live/streams.ts';
import { Sees } from '../edge/sees.ts';
import { List } from '../edge/paging/list.ts';
import { historyLists } from '../stock/history-lists.ts';
import { movementAnswer } from '../stock/movement-answer.ts';
import { GetSlotHistory } from './get-slot-history.ts';
import { GetSlot } from './get-slot.ts';
import { ListPlaces } from './list-places.ts';
import { ListSlots, type PlacedSlot } from './list-slots.ts';
import { allPlacesMax, PlacesDto, placesOfPage } from './slots.dto.ts';
import { SlotHistoryAnswer, SlotHistoryDto, SlotsAnswer, SlotsDto } from './slots.dto.ts';

const number = /^\d{1,15}$/;

const allPlaces = new List<number>({ name: 'slots', keyOf: String, keyShape: number });

/** The times are among those that PostgreSQL has. */
const startAndNumber = /^(?:-\d{1,14}|\d{1,15}|-?Infinity) \d{1,15}$/;

const lists = new Map(
  slotSorts.map((sort) => [
    sort,
    new List<PlacedSlot>({
      name: `slots-by-${sort}`,
      keyOf: (slot) => placeOfSlot(slot, sort),
      keyShape: sort === 'id' ? number : startAndNumber,
    }),
  ]),
);

const histories = historyLists('slot-history');

@ApiTags('slots')
@Controller('slots')
export class SlotsController {
  readonly #places: ListKind<FollowedPlaces>;

  constructor(
    private readonly useCases: UseCases,
    private readonly holdIds: HoldIds,
    private readonly followed: FollowedPlacesQueries,
  ) {
    const [slots, availability] = placesProjections.map(viewOf) as [string, string];
    this.#places = {
      name: 'places',
      projections: placesProjections,
      isMeant: (view, [key = '']) => view === slots || key.startsWith(slotStockPrefix),
      changed: (keysOf) => {
        const stocks = keysOf(availability).map(([stock = '']) => stock.slice(slotStockPrefix.length));
        return followed.ofSlots([...keysOf(slots).map(([id = '']) => id), ...stocks]);
      },
      answerOf: ({ slot_id, capacity, remaining }) => ({ slot_id, capacity, remaining }),
      // It does not tell when its slot starts.
      showsLeaving: false,
    };
  }

  @Get()
  @Public()
  @EntityTag()
  @ApiOperation({
    summary: 'List slots',
    description:
      'Lists slots with their times and available places; filter by start time, ids, or whether they can be booked. ' +
      'Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: SlotsAnswer, headers: etagHeader })
  @Sees([slotsProjection, availabilityProjection, saleTermsProjection])
  async listSlots(
    @Query() { page, limit, cursor, sort = 'startsAt', free: isFree, ...filter }: SlotsDto,
    @Context() context: QueryContext,
  ): Promise<SlotsAnswer> {
    requireOrder(filter);
    const list = lists.get(sort) as List<PlacedSlot>;
    const paging = list.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListSlots(context, { ...filter, isFree }, sort, paging));
    const now = Date.now();
    const slots = found.rows
      .filter(({ places }) => isKnown(places))
      .map((slot) => listedSlotAnswer(slot, slot.places, slot.terms, now))
      // The places that are left may be others than those that the list was read by.
      .filter(({ open, remaining }) => isFree === undefined || (open && remaining > 0) === isFree);
    return { slots, ...list.answerOf(found, paging), totalIsExact: found.totalIsExact };
  }

  @Get('availability')
  @Public()
  @EntityTag()
  @ApiOperation({
    summary: 'List the availability of slots',
    description:
      'Lists slots with their available places; filter by start time or ids. Without a filter, these are the slots ' +
      'that have not started. Public; supports ETag and If-None-Match. With `Accept: text/event-stream`, streams these ' +
      'slots, at most 5,000, and each of them that changes.',
  })
  @ApiOkResponse({
    type: [SlotPlacesAnswer],
    headers: {
      ...etagHeader,
      'next-cursor': { description: '`cursor` of the next page; absent on the last page', schema: { type: 'string' } },
    },
  })
  @Streams()
  @Sees([slotsProjection, availabilityProjection], 'TOO_MANY_STREAMS')
  async listAvailability(
    @Query() { page, limit = page === undefined ? allPlacesMax : placesOfPage, cursor, ...filter }: PlacesDto,
    @Context() context: QueryContext,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Following() following: StreamContext,
  ): Promise<readonly SlotPlacesAnswer[] | FollowedList> {
    requireOrder(filter);
    const { from, to, ids } = filter;
    const isUpcoming = from === undefined && to === undefined && ids === undefined;
    if (following.isStream) {
      wholeListOnly({ page, cursor });
      return this.#followPlaces({ ...filter, isUpcoming });
    }
    const paging = allPlaces.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListPlaces(context, { ...filter, isUpcoming }, paging));
    const { places, lastOfMore } = found;
    if (lastOfMore !== undefined) void reply.header('next-cursor', allPlaces.cursorAfter(lastOfMore));
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

  @Get(':id/history')
  @Roles('staff')
  @ApiOperation({
    summary: 'List the history of a slot',
    description:
      'Lists every movement of the places of a slot, each with the balance after it: its capacity, holds and ' +
      'bookings. Staff only.',
  })
  @ApiOkResponse({ type: SlotHistoryAnswer })
  @Sees([movementsProjection, slotsProjection], 'SLOT_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async slotHistory(@Param('id') id: string, @Query() { sort = 'oldest', ...page }: SlotHistoryDto) {
    const history = histories[sort];
    const paging = history.pagingOf(page);
    const found = await this.useCases.ask(new GetSlotHistory(id, paging, sort));
    if (isRejected(found)) return found;
    return {
      slotId: found.slotId,
      movements: found.page.rows.map((movement) => movementAnswer(movement, found.stock, this.holdIds)),
      ...history.answerOf(found.page, paging),
    };
  }

  #followPlaces(filter: SlotFilter): FollowedList {
    return FollowedList.of<FollowedPlaces>({
      name: `places ${JSON.stringify(filter)}`,
      kind: this.#places,
      rows: () => this.followed.of(filter),
      matches: (places) => isAmong(filter, places),
      leftAfter: async ([ofSlots = '']) => {
        // A slot does not change its id; one that starts is only no longer told of.
        const canLeave = filter.from !== undefined || filter.to !== undefined;
        return canLeave && (await this.followed.anyOther(filter, ofSlots)) ? undefined : [];
      },
    });
  }
}

function requireOrder({ from, to }: { readonly from?: Date | undefined; readonly to?: Date | undefined }): void {
  if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
}
