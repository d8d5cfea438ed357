import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '#http/guard';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Context } from '../edge/use-case-context.ts';
import { Writes } from '../edge/writes.ts';
import { AdjustStock } from './adjust-stock.ts';
import { ProvideStock } from './provide-stock.ts';
import { AdjustedAnswer, adjustedAnswer, AdjustStockDto } from './stock.dto.ts';
import { ProvidedAnswer, providedAnswer, ProvideStockDto } from './stock.dto.ts';

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @ApiOperation({
    summary: 'Add stock',
    description:
      'Adds units of an item to the main inventory. Send an Idempotency-Key to make retries safe; without one, a ' +
      'repeated request adds the units again. Staff only.',
  })
  @ApiCreatedResponse({ type: ProvidedAnswer })
  @Writes('ITEM_NOT_FOUND', 'TOO_MANY_UNITS', 'FORBIDDEN')
  provideStock(@Body() { product_id: item, stock: quantity }: ProvideStockDto, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new ProvideStock(context, item, quantity)), providedAnswer);
  }

  @Post(':itemId/adjustments')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Adjust stock',
    description:
      'Adds or removes units of an item in an inventory, for example after a stock count, and records the reason. ' +
      'With `expected`, the request is rejected if a different number of units is available. Staff, and the owner of ' +
      'the inventory, only.',
  })
  @ApiCreatedResponse({ type: AdjustedAnswer })
  @Writes(
    'ITEM_NOT_FOUND',
    'INVENTORY_NOT_FOUND',
    'INSUFFICIENT_STOCK',
    'EXPECTED_MISMATCH',
    'TOO_MANY_UNITS',
    'FORBIDDEN',
  )
  adjustStock(
    @Param('itemId') item: string,
    @Body() { delta, reason, expected, inventory_id }: AdjustStockDto,
    @Context() context: UseCaseContext,
  ) {
    const adjustment = { delta, reason, ...(expected === undefined ? {} : { expectedAvailable: expected }) };
    return answering(this.useCases.execute(new AdjustStock(context, item, inventory_id, adjustment)), adjustedAnswer);
  }
}
