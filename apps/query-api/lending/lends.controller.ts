import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LendAnswer } from '#answers';
import { isRejected } from '#domain';
import { invalid, NoQuery } from '#http';
import { CurrentCaller } from '#http/guard';
import type { Caller } from '#people';
import { inventoriesProjection, itemsProjection, lendsProjection } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { Sees } from '../edge/sees.ts';
import { GetLend } from './get-lend.ts';
import { LendsAnswer, LendsDto } from './lends.dto.ts';
import { ListLends } from './list-lends.ts';

const listed = new List<LendAnswer>({
  name: 'lends',
  keyOf: ({ lend_at, lend_id }) => `${lend_at} ${lend_id}`,
  keyShape: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d{1,15}$/,
});
const seen = [lendsProjection, itemsProjection, inventoriesProjection];

@ApiTags('lends')
@ApiBearerAuth()
@Controller('lends')
export class LendsController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @ApiOperation({
    summary: 'List lends',
    description:
      'Lists the lends to the caller that all given conditions apply to, newest first. Staff lists those to all ' +
      'users, and so does the owner of an inventory with its `inventory_id`.',
  })
  @ApiOkResponse({ type: LendsAnswer })
  @Sees(seen, 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listLends(@Query() { page, limit, cursor, ...filter }: LendsDto, @CurrentCaller() caller: Caller) {
    const { user_id: user, item_id: item, inventory_id: inventoryId, ...conditions } = filter;
    const { from, to } = conditions;
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
    const paging = listed.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListLends(caller, { user, item, inventoryId, ...conditions }, paging));
    return isRejected(found) ? found : { lends: found.rows, ...listed.answerOf(found, paging) };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Get a lend',
    description:
      'Returns one lend, also after it has ended: one to the caller, or from an inventory of the caller. Staff can ' +
      'get any lend.',
  })
  @ApiOkResponse({ type: LendAnswer })
  @Sees(seen, 'LEND_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  getLend(@Param('id') number: string, @Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    return this.useCases.ask(new GetLend(caller, number));
  }
}
