import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Writes } from '../edge/writes.ts';
import { Context } from '../edge/use-case-context.ts';
import { PurchaseUnits } from './purchase-units.ts';
import { PurchaseAnswer, PurchaseDto } from './purchases.dto.ts';

@ApiTags('purchases')
@ApiBearerAuth()
@Controller('items')
export class PurchasesController {
  constructor(private readonly useCases: UseCases) {}

  @Post(':id/purchase')
  @ApiOperation({
    summary: 'Buy units of an item',
    description:
      'Takes the units from stock immediately, without a hold. Send an Idempotency-Key to make retries safe; ' +
      'without one, a repeated request buys again.',
  })
  @ApiCreatedResponse({ type: PurchaseAnswer })
  @Writes('ITEM_NOT_FOUND', 'DISCONTINUED', 'INSUFFICIENT_STOCK')
  purchase(@Param('id') id: string, @Body() { quantity }: PurchaseDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new PurchaseUnits(context, id, quantity));
  }
}
