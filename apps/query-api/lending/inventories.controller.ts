import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InventoryAnswer } from '#answers';
import { isRejected } from '#domain';
import { NoQuery } from '#http';
import { availabilityProjection, inventoriesProjection, itemsProjection, type ItemOfInventory } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { ListDto } from '../edge/paging/paging.dto.ts';
import { Sees } from '../edge/sees.ts';
import { GetInventory } from './get-inventory.ts';
import { InventoriesAnswer, InventoryItemsAnswer } from './inventories.dto.ts';
import { ListInventories } from './list-inventories.ts';
import { ListInventoryItems } from './list-inventory-items.ts';

const all = new List<InventoryAnswer>({
  name: 'inventories',
  keyOf: ({ inventory_id }) => String(inventory_id),
  keyShape: /^\d{1,15}$/,
});
const inInventory = new List<ItemOfInventory>({
  name: 'inventory-items',
  keyOf: ({ id }) => id,
  keyShape: /^(?!\d+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
});

@ApiTags('inventories')
@ApiBearerAuth()
@Controller('inventories')
export class InventoriesController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @ApiOperation({ summary: 'List inventories', description: 'Lists all inventories; the first is the main one.' })
  @ApiOkResponse({ type: InventoriesAnswer })
  @Sees([inventoriesProjection], 'TOKEN_MISSING', 'TOKEN_INVALID')
  async listInventories(@Query() page: ListDto) {
    const paging = all.pagingOf(page);
    const found = await this.useCases.ask(new ListInventories(paging));
    return { inventories: found.rows, ...all.answerOf(found, paging) };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Get an inventory',
    description: 'Returns one inventory with its rules.',
  })
  @ApiOkResponse({ type: InventoryAnswer })
  @Sees([inventoriesProjection], 'INVENTORY_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  getInventory(@Param('id') number: string, @Query() _none: NoQuery) {
    return this.useCases.ask(new GetInventory(number));
  }

  @Get(':id/items')
  @ApiOperation({
    summary: 'List the items of an inventory',
    description: 'Lists the items that the inventory has or ever had, each with its balance there.',
  })
  @ApiOkResponse({ type: InventoryItemsAnswer })
  @Sees(
    [inventoriesProjection, availabilityProjection, itemsProjection],
    'INVENTORY_NOT_FOUND',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
  )
  async listInventoryItems(@Param('id') number: string, @Query() page: ListDto) {
    const paging = inInventory.pagingOf(page);
    const found = await this.useCases.ask(new ListInventoryItems(number, paging));
    if (isRejected(found)) return found;
    const items = found.page.rows.map(({ number: item_id, ...item }) => ({ item_id, ...item }));
    return { inventory_id: found.inventoryId, items, ...inInventory.answerOf(found.page, paging) };
  }
}
