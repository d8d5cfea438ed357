import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HoldAnswer, holdAnswer } from '#answers';
import { isRejected } from '#domain';
import { NoQuery } from '#http';
import { CurrentCaller } from '#http/guard';
import { HoldIds } from '#ids';
import type { Caller } from '#people';
import { holdsProjection, returnsProjection, type Hold } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { Sees } from '../edge/sees.ts';
import { List } from '../edge/paging/list.ts';
import { GetHold } from './get-hold.ts';
import { HoldsAnswer, HoldsDto } from './holds.dto.ts';
import { ListHolds } from './list-holds.ts';

const ofCustomer = new List<Hold>({ name: 'holds', keyOf: ({ holdId }) => holdId, keyShape: /^[0-9A-Z]{26}$/ });

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
    description: 'Lists the holds of the caller, newest first. Staff can list those of another user with `user_id`.',
  })
  @ApiOkResponse({ type: HoldsAnswer })
  @Sees([holdsProjection, returnsProjection], 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listHolds(@Query() { status, user_id: userId, ...page }: HoldsDto, @CurrentCaller() caller: Caller) {
    const paging = ofCustomer.pagingOf(page);
    const found = await this.useCases.ask(new ListHolds(caller, { userId, status }, paging));
    if (isRejected(found)) return found;
    const holds = found.rows.map((hold) => holdAnswer(hold, this.holdIds, hold.returnedQuantity));
    return { holds, ...ofCustomer.answerOf(found, paging) };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Get a hold',
    description: 'Returns one hold of the caller, also after it has ended. Staff can get any hold.',
  })
  @ApiOkResponse({ type: HoldAnswer })
  @Sees([holdsProjection, returnsProjection], 'HOLD_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async getHold(@Param('id') id: string, @Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    const hold = await this.useCases.ask(new GetHold(caller, id));
    return isRejected(hold) ? hold : holdAnswer(hold, this.holdIds, hold.returnedQuantity);
  }
}
