import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isRejected } from '#domain';
import { Roles } from '#http/guard';
import { itemHistoryProjection, itemsProjection, type ItemChange } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { Sees } from '../edge/sees.ts';
import { GetProductHistory } from './get-product-history.ts';
import { ProductHistoryAnswer, ProductHistoryDto } from './product-history.dto.ts';

const history = new List<ItemChange>({
  name: 'product-history',
  keyOf: ({ revision }) => String(revision),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('catalog')
@Controller('products')
export class ProductHistoryController {
  constructor(private readonly useCases: UseCases) {}

  @Get(':id/history')
  @Roles('staff')
  @ApiOperation({
    summary: 'List the history of a product',
    description:
      'Lists who changed what and when, newest last; also of a discontinued product. For the history of its stock, ' +
      'see `GET /stock/{itemId}/history`. Staff only.',
  })
  @ApiOkResponse({ type: ProductHistoryAnswer })
  @Sees([itemHistoryProjection, itemsProjection], 'ITEM_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async getProductHistory(@Param('id') id: string, @Query() query: ProductHistoryDto) {
    const paging = history.pagingOf(query);
    const found = await this.useCases.ask(new GetProductHistory(id, paging));
    if (isRejected(found)) return found;
    return {
      productId: found.itemId,
      history: found.page.rows.map((change) => ({ ...change, at: change.at.toISOString() })),
      ...history.answerOf(found.page, paging),
    };
  }
}
