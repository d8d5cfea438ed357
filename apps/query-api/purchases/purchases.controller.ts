import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { purchaseAnswer } from '#answers';
import { isRejected } from '#domain';
import { invalid, NoQuery } from '#http';
import { CurrentCaller } from '#http/guard';
import type { Caller } from '#people';
import { itemsProjection, placeOfPurchase, purchasesProjection, returnsProjection } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { Sees } from '../edge/sees.ts';
import { GetPurchase } from './get-purchase.ts';
import { ListPurchases } from './list-purchases.ts';
import { PurchasesAnswer, PurchasesDto, ShownPurchaseAnswer } from './purchases.dto.ts';
import type { ShownPurchase } from './shown-purchases.ts';

const listed = new List<ShownPurchase>({
  name: 'purchases',
  keyOf: placeOfPurchase,
  keyShape: /^\d{1,14} pur_[\w.-]{1,150}$/,
});
const seen = [purchasesProjection, returnsProjection, itemsProjection];

@ApiTags('purchases')
@ApiBearerAuth()
@Controller('purchases')
export class PurchasesController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @ApiOperation({
    summary: 'List purchases',
    description:
      'Lists the purchases of the caller that all given conditions apply to, newest first. Staff lists those of all ' +
      'users, and those of one with `userId`.',
  })
  @ApiOkResponse({ type: PurchasesAnswer })
  @Sees(seen, 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listPurchases(@Query() { page, limit, cursor, ...filter }: PurchasesDto, @CurrentCaller() caller: Caller) {
    const { userId: user, ...conditions } = filter;
    const { from, to } = conditions;
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
    const paging = listed.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListPurchases(caller, { user, ...conditions }, paging));
    if (isRejected(found)) return found;
    const { rows, totalIsExact } = found;
    return { purchases: rows.map(shownAnswer), ...listed.answerOf(found, paging), totalIsExact };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Get a purchase',
    description: 'Returns one purchase of the caller. Staff can get any purchase.',
  })
  @ApiOkResponse({ type: ShownPurchaseAnswer })
  @Sees(seen, 'PURCHASE_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async getPurchase(@Param('id') id: string, @Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    const purchase = await this.useCases.ask(new GetPurchase(caller, id));
    return isRejected(purchase) ? purchase : shownAnswer(purchase);
  }
}

function shownAnswer(purchase: ShownPurchase): ShownPurchaseAnswer {
  const { returnedQuantity, itemNumber, itemName } = purchase;
  return Object.assign(purchaseAnswer(purchase, returnedQuantity), { itemNumber, itemName });
}
