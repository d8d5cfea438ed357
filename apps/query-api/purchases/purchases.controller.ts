import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PurchaseAnswer, purchaseAnswer } from '#answers';
import { isRejected } from '#domain';
import { NoQuery } from '#http';
import { CurrentCaller } from '#http/guard';
import type { Caller } from '#people';
import { purchasesProjection, returnsProjection } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { Sees } from '../edge/sees.ts';
import { GetPurchase } from './get-purchase.ts';

@ApiTags('purchases')
@ApiBearerAuth()
@Controller('purchases')
export class PurchasesController {
  constructor(private readonly useCases: UseCases) {}

  @Get(':id')
  @ApiOperation({
    summary: 'Get a purchase',
    description: 'Returns one purchase of the caller. Staff can get any purchase.',
  })
  @ApiOkResponse({ type: PurchaseAnswer })
  @Sees([purchasesProjection, returnsProjection], 'PURCHASE_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async getPurchase(@Param('id') id: string, @Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    const purchase = await this.useCases.ask(new GetPurchase(caller, id));
    return isRejected(purchase) ? purchase : purchaseAnswer(purchase, purchase.returnedQuantity);
  }
}
