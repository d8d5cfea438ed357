import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TransferAnswer } from '#answers';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Context } from '../edge/use-case-context.ts';
import { Writes } from '../edge/writes.ts';
import { TransferUnits } from './transfer-units.ts';
import { TransferUnitsDto } from './transfers.dto.ts';

@ApiTags('inventories')
@ApiBearerAuth()
@Controller('inventories')
export class TransfersController {
  constructor(private readonly useCases: UseCases) {}

  @Post(':id/transfers')
  @ApiOperation({
    summary: 'Transfer units to another inventory',
    description:
      'Moves units of an item: all of them, or none. The owner of the inventory can send units to their other ' +
      'inventories and to those that take provides; staff can send any. Send an Idempotency-Key to make retries ' +
      'safe; without one, a repeated request is another transfer.',
  })
  @ApiCreatedResponse({ type: TransferAnswer })
  @ApiAcceptedResponse({
    type: TransferAnswer,
    description: 'Recorded, but still pending: list the transfers, or repeat the request with the same key',
  })
  @Writes(
    ...(['INVENTORY_NOT_FOUND', 'ITEM_UNKNOWN', 'NOT_IN_INVENTORY', 'INSUFFICIENT_STOCK'] as const),
    ...(['TOO_MANY_UNITS', 'TRANSFER_TOO_OLD', 'FORBIDDEN'] as const),
  )
  transferUnits(
    @Param('id') from: string,
    @Body() { item_id: item, qty: quantity, to_inventory_id: toInventoryId }: TransferUnitsDto,
    @Context() context: UseCaseContext,
  ) {
    return this.useCases.execute(new TransferUnits(context, from, { item, quantity, toInventoryId }));
  }
}
