import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '#http/guard';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.interceptor.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { ChangeItemDto, CreateItemDto, ItemAnswer } from './catalog.dto.ts';
import { ChangeItem } from './change-item.ts';
import { CreateItem } from './create-item.ts';
import { DiscontinueItem } from './discontinue-item.ts';
import { RestoreItem } from './restore-item.ts';

@ApiTags('catalog')
@Controller('products')
export class CatalogController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @Located(({ id }: ItemAnswer) => `/api/v1/items/${id}`)
  @ApiOperation({ summary: 'Create an item' })
  @ApiCreatedResponse({ type: ItemAnswer, headers: locationHeader })
  @Writes('ID_TAKEN', 'FORBIDDEN')
  createItem(@Body() { id, name, price }: CreateItemDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new CreateItem(context, id, name, price));
  }

  @Patch(':id')
  @Roles('staff')
  @ApiOperation({ summary: 'Change an item; what is left out stays' })
  @ApiOkResponse({ type: ItemAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  changeItem(@Param('id') id: string, @Body() { name, price }: ChangeItemDto, @Context() context: UseCaseContext) {
    const change = { ...(name === undefined ? {} : { name }), ...(price === undefined ? {} : { price }) };
    return this.useCases.execute(new ChangeItem(context, id, change));
  }

  @Delete(':id')
  @Roles('staff')
  @ApiOperation({ summary: 'Take an item out of the catalog; it can be restored' })
  @ApiOkResponse({ type: ItemAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  discontinueItem(@Param('id') id: string, @Context() context: UseCaseContext) {
    return this.useCases.execute(new DiscontinueItem(context, id));
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Roles('staff')
  @ApiOperation({ summary: 'Put an item back on sale' })
  @ApiOkResponse({ type: ItemAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  restoreItem(@Param('id') id: string, @Context() context: UseCaseContext) {
    return this.useCases.execute(new RestoreItem(context, id));
  }
}
