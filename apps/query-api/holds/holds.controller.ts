import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HoldAnswer, holdAnswer } from '#answers';
import { isRejected } from '#domain';
import { invalid, NoQuery } from '#http';
import { CurrentCaller } from '#http/guard';
import { HoldIds } from '#ids';
import type { Caller } from '#people';
import { holdsProjection, itemsProjection, placeOfHold, returnsProjection, type Hold } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { Sees } from '../edge/sees.ts';
import { List } from '../edge/paging/list.ts';
import { GetHold } from './get-hold.ts';
import { HoldsAnswer, HoldsDto } from './holds.dto.ts';
import { ListHolds } from './list-holds.ts';

const listed = new List<Hold>({ name: 'holds', keyOf: placeOfHold, keyShape: /^\d{1,14} [0-9A-Z]{26}$/ });
const seen = [holdsProjection, returnsProjection];

@ApiTags('holds')
@ApiBearerAuth()
@Controller('holds')
export class HoldsController {
  constructor(
    private readonly useCases: UseCases,
    private readonly holdIds: HoldIds,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List holds',
    description:
      'Lists the holds of the caller that all given conditions apply to, newest first: with `status=confirmed`, the ' +
      'bookings. Staff lists those of all users with `slot`, `item` or `reference`, and those of another user with `user_id`.',
  })
  @ApiOkResponse({ type: HoldsAnswer })
  @Sees(
    ({ item }) => (item === undefined ? seen : [...seen, itemsProjection]),
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'FORBIDDEN',
  )
  async listHolds(@Query() { page, limit, cursor, ...filter }: HoldsDto, @CurrentCaller() caller: Caller) {
    const { user_id: user, slot: slotId, ...conditions } = filter;
    const { item, from, to } = conditions;
    if (slotId !== undefined && item !== undefined) throw invalid('item', 'notWith', { other: 'slot' });
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
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
}
