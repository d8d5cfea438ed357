import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HoldAnswer, holdAnswer } from '#answers';
import { isRejected } from '#domain';
import { invalid, NoQuery } from '#http';
import { CurrentCaller } from '#http/guard';
import { HoldIds } from '#ids';
import type { Caller } from '#people';
import { FollowedHoldsQueries, followedHoldsProjections, holdIsAmong, type FollowedHold } from '#read-models';
import { holdsProjection, itemsProjection, placeOfHold, returnsProjection, type Hold } from '#read-models';
import { viewOf } from '#projections';
import { UseCases } from '#use-cases/bus';
import { FollowedList, wholeListOnly, type ListKind, type StreamContext } from '../edge/live/followed.ts';
import { Following, Streams } from '../edge/live/streams.ts';
import { Sees } from '../edge/sees.ts';
import { List } from '../edge/paging/list.ts';
import { FollowHolds } from './follow-holds.ts';
import { GetHold } from './get-hold.ts';
import { HoldsAnswer, HoldsDto } from './holds.dto.ts';
import { ListHolds, type WantedHolds } from './list-holds.ts';

const listed = new List<Hold>({ name: 'holds', keyOf: placeOfHold, keyShape: /^\d{1,14} [0-9A-Z]{26}$/ });
const seen = [holdsProjection, returnsProjection];

@ApiTags('holds')
@ApiBearerAuth()
@Controller('holds')
export class HoldsController {
  readonly #kind: ListKind<FollowedHold>;

  constructor(
    private readonly useCases: UseCases,
    private readonly holdIds: HoldIds,
    private readonly followed: FollowedHoldsQueries,
  ) {
    this.#kind = {
      name: 'holds',
      projections: followedHoldsProjections,
      changed: (keysOf) => followed.changed(keysOf(viewOf(holdsProjection)), keysOf(viewOf(returnsProjection))),
      answerOf: (hold) => holdAnswer(hold, holdIds, hold.returnedQuantity),
      showsLeaving: true,
    };
  }

  @Get()
  @ApiOperation({
    summary: 'List holds',
    description:
      'Lists the holds of the caller that all given conditions apply to, newest first: with `status=confirmed`, the ' +
      'bookings. Staff lists those of all users with `slot`, `item` or `reference`, and those of another user with `user_id`. ' +
      'With `Accept: text/event-stream`, streams these holds, at most the 5,000 newest, and each of them that changes.',
  })
  @ApiOkResponse({ type: HoldsAnswer })
  @Streams()
  @Sees(
    ({ item }) => (item === undefined ? seen : [...seen, itemsProjection]),
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'FORBIDDEN',
    'TOO_MANY_STREAMS',
  )
  async listHolds(
    @Query() { page, limit, cursor, ...filter }: HoldsDto,
    @CurrentCaller() caller: Caller,
    @Following() following: StreamContext,
  ) {
    const { user_id: user, slot: slotId, ...conditions } = filter;
    const { item, from, to } = conditions;
    if (slotId !== undefined && item !== undefined) throw invalid('item', 'notWith', { other: 'slot' });
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
    if (following.isStream) {
      wholeListOnly({ page, cursor });
      return this.#follow(caller, { user, slotId, ...conditions });
    }
    const paging = listed.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListHolds(caller, { user, slotId, ...conditions }, paging));
    if (isRejected(found)) return found;
    const holds = found.rows.map((hold) => holdAnswer(hold, this.holdIds, hold.returnedQuantity));
    return { holds, ...listed.answerOf(found, paging), totalIsExact: found.totalIsExact };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Get a hold',
    description: 'Returns one hold of the caller, also after it has ended. Staff can get any hold.',
  })
  @ApiOkResponse({ type: HoldAnswer })
  @Sees(seen, 'HOLD_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async getHold(@Param('id') id: string, @Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    const hold = await this.useCases.ask(new GetHold(caller, id));
    return isRejected(hold) ? hold : holdAnswer(hold, this.holdIds, hold.returnedQuantity);
  }

  async #follow(caller: Caller, wanted: WantedHolds) {
    const filter = await this.useCases.ask(new FollowHolds(caller, wanted));
    if (isRejected(filter)) return filter;
    return FollowedList.of<FollowedHold>({
      // Staff may see the same, by the same conditions.
      name: `holds ${JSON.stringify(filter)}`,
      kind: this.#kind,
      rows: () => this.followed.of(filter),
      matches: (hold) => holdIsAmong(filter, hold),
      leftAfter: (positions) =>
        filter.status === undefined ? Promise.resolve([]) : this.followed.changedAfter(filter, positions),
    });
  }
}
