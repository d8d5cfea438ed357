import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProductAnswer } from '#answers';
import { Roles } from '#http/guard';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.interceptor.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { ChangeItem } from './change-item.ts';
import { CreateItem } from './create-item.ts';
import { DiscontinueItem } from './discontinue-item.ts';
import { ChangeProductDto, CreateProductDto, detailsOf } from './products.dto.ts';
import { RestoreItem } from './restore-item.ts';

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
  @Writes('ID_TAKEN', 'SKU_TAKEN', 'NOT_RECORDED_IN_TIME', 'FORBIDDEN')
  createProduct(@Body() { id, ...given }: CreateProductDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new CreateItem(context, id, detailsOf(given)));
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
  @Writes('ITEM_NOT_FOUND', 'SKU_TAKEN', 'NOT_RECORDED_IN_TIME', 'FORBIDDEN')
  changeProduct(@Param('id') id: string, @Body() given: ChangeProductDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new ChangeItem(context, id, detailsOf(given)));
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
