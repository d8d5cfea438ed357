import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { holdAnswer } from '#answers';
import { isRejected } from '#domain';
import { CurrentCaller } from '#http/guard';
import { HoldIds } from '#ids';
import type { Caller } from '#people';
import { availabilityProjection, holdsProjection, inventoriesProjection } from '#read-models';
import { itemsProjection, lendsProjection } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { ListDto } from '../edge/paging/paging.dto.ts';
import { Sees } from '../edge/sees.ts';
import { GetWhereabouts, type ShownWhereabouts } from './get-whereabouts.ts';
import { WhereaboutsAnswer } from './whereabouts.dto.ts';

const ofItem = new List<ShownWhereabouts>({
  name: 'whereabouts',
  keyOf: ({ inventoryId }) => String(inventoryId),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('inventories')
@ApiBearerAuth()
@Controller('items')
export class WhereaboutsController {
  constructor(
    private readonly useCases: UseCases,
    private readonly holdIds: HoldIds,
  ) {}

  @Get(':id/whereabouts')
  @ApiOperation({
    summary: 'Get the whereabouts of an item',
    description:
      'Lists the inventories that have or ever had units of the item, each with its balance there, and the open lends ' +
      'and holds. Staff sees all inventories, and the owner of inventories those.',
  })
  @ApiOkResponse({ type: WhereaboutsAnswer })
  @Sees(
    [availabilityProjection, lendsProjection, holdsProjection, itemsProjection, inventoriesProjection],
    'ITEM_NOT_FOUND',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'FORBIDDEN',
  )
  async getWhereabouts(@Param('id') id: string, @Query() page: ListDto, @CurrentCaller() caller: Caller) {
    const paging = ofItem.pagingOf(page);
    const found = await this.useCases.ask(new GetWhereabouts(caller, id, paging));
    if (isRejected(found)) return found;
    const inventories = found.page.rows.map(({ inventoryId, balance, lends, holds, hasMoreClaims }) => ({
      inventory_id: inventoryId,
      balance,
      lends,
      holds: holds.map((hold) => holdAnswer(hold, this.holdIds)),
      more: hasMoreClaims,
    }));
    return { item_id: found.item.number, id: found.item.id, inventories, ...ofItem.answerOf(found.page, paging) };
  }
}
