import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { transferAnswer } from '#answers';
import { isRejected } from '#domain';
import { CurrentCaller } from '#http/guard';
import type { Caller } from '#people';
import { inventoriesProjection, transfersProjection, type ListedTransfer } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { ListDto } from '../edge/paging/paging.dto.ts';
import { Sees } from '../edge/sees.ts';
import { ListTransfers } from './list-transfers.ts';
import { TransfersAnswer } from './transfers.dto.ts';

const ofInventory = new List<ListedTransfer>({
  name: 'transfers',
  keyOf: ({ transferId }) => String(transferId),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('inventories')
@ApiBearerAuth()
@Controller('inventories')
export class TransfersController {
  constructor(private readonly useCases: UseCases) {}

  @Get(':id/transfers')
  @ApiOperation({
    summary: 'List the transfers of an inventory',
    description: 'Lists the transfers from and to the inventory, newest first. Its owner and staff only.',
  })
  @ApiOkResponse({ type: TransfersAnswer })
  @Sees(
    [inventoriesProjection, transfersProjection],
    'INVENTORY_NOT_FOUND',
    'FORBIDDEN',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
  )
  async listTransfers(@Param('id') number: string, @Query() page: ListDto, @CurrentCaller() caller: Caller) {
    const paging = ofInventory.pagingOf(page);
    const found = await this.useCases.ask(new ListTransfers(caller, number, paging));
    if (isRejected(found)) return found;
    return { transfers: found.rows.map(transferAnswer), ...ofInventory.answerOf(found, paging) };
  }
}
