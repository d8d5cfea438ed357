import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PurchaseAnswer } from '#answers';
import { labelsOf } from '#domain';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Writes } from '../edge/writes.ts';
import { resultOf } from '../edge/result-of.ts';
import { Context } from '../edge/use-case-context.ts';
import { PurchaseSeveral } from './purchase-several.ts';
import { PurchaseUnits } from './purchase-units.ts';
import { PurchaseDto, PurchaseResults, PurchaseSeveralDto } from './purchases.dto.ts';

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
  @Writes(
    ...(['ITEM_NOT_FOUND', 'DISCONTINUED', 'INSUFFICIENT_STOCK', 'LIMIT_PER_CUSTOMER', 'NOT_ON_SALE'] as const),
    'NOT_COUNTED_HERE',
  )
  purchaseItem(@Param('id') id: string, @Body() given: PurchaseDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new PurchaseUnits(context, id, given.quantity, labelsOf(given)));
  }

  @Post('purchases')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Buy units of several items',
    description:
      'Each line is a purchase of its own: some may succeed while others are rejected. `results` has the answer to ' +
      'each line, in their order: the status, code and data that a request to buy it alone would have had. Send an ' +
      'Idempotency-Key, one for all lines. If a line has status 503, repeat the request with the same key: what was ' +
      'bought is not bought again, and every other line is tried again.',
  })
  @ApiOkResponse({ type: PurchaseResults })
  @Writes()
  purchaseSeveral(@Body() { items }: PurchaseSeveralDto, @Context() context: UseCaseContext) {
    const lines = items.map(({ id, quantity, ...given }) => ({ id, quantity, labels: labelsOf(given) }));
    return answering(this.useCases.execute(new PurchaseSeveral(context, lines)), (outcomes) => ({
      results: outcomes.map((outcome) => resultOf(outcome, 201)),
    }));
  }
}
