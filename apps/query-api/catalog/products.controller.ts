import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProductAnswer, productAnswer } from '#answers';
import { isRejected } from '#domain';
import { NoQuery } from '#http';
import { Public } from '#http/guard';
import { availabilityProjection, itemsProjection } from '#read-models';
import { UseCases, type QueryContext } from '#use-cases/bus';
import { EntityTag, etagHeader } from '../edge/entity-tag.ts';
import { Context } from '../edge/query-context.ts';
import { Sees } from '../edge/sees.ts';
import { GetItem } from './get-item.ts';

@ApiTags('catalog')
@Controller('products')
@UseInterceptors(EntityTag)
export class ProductsController {
  constructor(private readonly useCases: UseCases) {}

  @Get(':id')
  @Public()
  @ApiOperation({
    summary: 'Get a product',
    description: 'Returns one product with its specifications and stock. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: ProductAnswer, headers: etagHeader })
  @Sees([itemsProjection, availabilityProjection], 'ITEM_NOT_FOUND')
  async getProduct(@Param('id') id: string, @Query() _none: NoQuery, @Context() context: QueryContext) {
    const item = await this.useCases.ask(new GetItem(context, id));
    return isRejected(item) ? item : productAnswer(item, item.stock);
  }
}
