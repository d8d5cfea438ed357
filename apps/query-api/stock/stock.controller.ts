import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForEverybody } from '#auth/guard';
import { itemStock, mainInventory } from '#domain';
import { canBeId, consistencyHeader, problem, Refuses } from '#http';
import { AvailabilityQueries, availabilityProjection, ItemQueries, itemsProjection } from '#read-models';
import { ReadYourWrites } from '../consistency/read-your-writes.ts';
import { StockAnswer } from './stock.dto.ts';

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(
    private readonly availability: AvailabilityQueries,
    private readonly items: ItemQueries,
    private readonly readYourWrites: ReadYourWrites,
  ) {}

  @Get(':itemId')
  @ForEverybody()
  @ApiOperation({ summary: 'What of an item can be promised now, in the main inventory' })
  @ApiHeader({
    name: consistencyHeader,
    required: false,
    description: 'Of a command’s answer: see at least that write',
  })
  @ApiOkResponse({ type: StockAnswer })
  @Refuses('ITEM_NOT_FOUND', 'TOKEN_FOREIGN', 'NOT_YET_VISIBLE')
  async stockOf(
    @Param('itemId') idOrNumber: string,
    @Headers(consistencyHeader) token: string | undefined,
  ): Promise<StockAnswer> {
    const waited = await this.readYourWrites.wait(token, availabilityProjection, itemsProjection);
    const item = canBeId(idOrNumber) ? await this.items.find(idOrNumber) : undefined;
    if (item === undefined) throw problem('ITEM_NOT_FOUND');
    const stock = itemStock(item.id);
    const { available, ...balance } = await (waited ? this.availability.ofTable(stock) : this.availability.of(stock));
    return { product_id: item.id, inventory_id: mainInventory, stock: available, ...balance };
  }
}
