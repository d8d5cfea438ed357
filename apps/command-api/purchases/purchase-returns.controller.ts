import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PurchaseAnswer } from '#answers';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Context } from '../edge/use-case-context.ts';
import { Writes } from '../edge/writes.ts';
import { ReturnDto, wantedReturnOf } from '../stock/return.dto.ts';
import { ReturnPurchase } from './return-purchase.ts';

@ApiTags('purchases')
@ApiBearerAuth()
@Controller('purchases')
export class PurchaseReturnsController {
  constructor(private readonly useCases: UseCases) {}

  @Post(':id/return')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give back a purchase',
    description:
      'Makes the units available again: all of them, or `quantity`, as often as some are left. Customers can give back ' +
      'their own purchases for the `returnDays` of the product. Staff can always, of any customer.',
  })
  @ApiOkResponse({ type: PurchaseAnswer })
  @Writes('PURCHASE_NOT_FOUND', 'MORE_THAN_TAKEN', 'RETURN_TOO_LATE')
  returnPurchase(@Param('id') id: string, @Body() given: ReturnDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new ReturnPurchase(context, id, wantedReturnOf(given)));
  }
}
