import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProductAnswer } from '#answers';
import { Roles } from '#http/guard';
import { Problem } from '#http';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { ChangeItem } from './change-item.ts';
import { ImportItems, type ImportLine } from './import-items.ts';
import { ImportProductsDto, ImportResults, linesOf, resultsOf } from './import-products.dto.ts';
import { CreateItem } from './create-item.ts';
import { DiscontinueItem } from './discontinue-item.ts';
import { ChangeProductDto, CreateProductDto, detailsOf } from './products.dto.ts';
import { RestoreItem } from './restore-item.ts';
import { withTerms } from '../stock/sale-terms.dto.ts';

@ApiTags('catalog')
@Controller('products')
export class ProductsController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @Located(({ id }: ProductAnswer) => `/api/v1/products/${id}`)
  @ApiOperation({
    summary: 'Create a product',
    description: 'Only a name and a price are required. Units are added with `POST /stock`. Staff only.',
  })
  @ApiCreatedResponse({ type: ProductAnswer, headers: locationHeader })
  @Writes('ID_TAKEN', 'SKU_TAKEN', 'NOT_RECORDED_IN_TIME', 'SALE_ENDS_TOO_EARLY', 'FORBIDDEN')
  createProduct(@Body() { id, ...given }: CreateProductDto, @Context() context: UseCaseContext) {
    const { terms, rest } = withTerms(given);
    return this.useCases.execute(new CreateItem(context, id, detailsOf(rest), terms));
  }

  @Post('bulk')
  @HttpCode(200)
  @Roles('staff')
  @ApiOperation({
    summary: 'Create and change many products',
    description:
      'Each entry is a product as it is to be: the one with its `id`, or without one, the one with its `sku`. It is ' +
      'created if there is none; fields that are omitted keep their value. `results` has the answer to each entry, in ' +
      'their order: 201 if the product was created, 200 if it was changed or was so already, else what a request for it ' +
      'alone would have been rejected with; a bad entry does not stop the others. Send an Idempotency-Key, one for all. ' +
      'If an entry has status 503, repeat the same request with the same key: what was done is not done again. A body ' +
      'of 4 MiB is accepted, and each entry may be as large as another body. Staff only.',
  })
  @ApiOkResponse({ type: ImportResults })
  @Writes('FORBIDDEN')
  async importProducts(@Body() { products, dryRun }: ImportProductsDto, @Context() context: UseCaseContext) {
    const read = await linesOf(products);
    const lines = read.filter((line): line is ImportLine => !(line instanceof Problem));
    return answering(this.useCases.execute(new ImportItems(context, lines, dryRun)), (outcomes) => ({
      results: resultsOf(read, outcomes),
    }));
  }

  @Patch(':id')
  @Roles('staff')
  @ApiOperation({
    summary: 'Change a product',
    description:
      'Fields that are omitted keep their value; null removes an optional one. Lists and specifications are replaced. ' +
      'A change never affects orders that were placed before. Staff only.',
  })
  @ApiOkResponse({ type: ProductAnswer })
  @Writes('ITEM_NOT_FOUND', 'SKU_TAKEN', 'NOT_RECORDED_IN_TIME', 'SALE_ENDS_TOO_EARLY', 'FORBIDDEN')
  changeProduct(@Param('id') id: string, @Body() given: ChangeProductDto, @Context() context: UseCaseContext) {
    const { terms, rest } = withTerms(given);
    return this.useCases.execute(new ChangeItem(context, id, detailsOf(rest), terms));
  }

  @Delete(':id')
  @Roles('staff')
  @ApiOperation({
    summary: 'Take a product out of the catalog',
    description: 'Ends its sale at once. The product keeps its SKU and its history, and can be restored. Staff only.',
  })
  @ApiOkResponse({ type: ProductAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  discontinueProduct(@Param('id') id: string, @Context() context: UseCaseContext) {
    return this.useCases.execute(new DiscontinueItem(context, id));
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Roles('staff')
  @ApiOperation({ summary: 'Put a product back on sale', description: 'Staff only.' })
  @ApiOkResponse({ type: ProductAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  restoreProduct(@Param('id') id: string, @Context() context: UseCaseContext) {
    return this.useCases.execute(new RestoreItem(context, id));
  }
}
