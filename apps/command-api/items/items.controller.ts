import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  itemAggregate,
  itemStock,
  stockAggregate,
  stockStream,
  type ItemCommand,
  type KnownItem,
  type StockCommand,
} from '#domain';
import { ForStaff } from '#auth/guard';
import { Numbers } from '#commands';
import { Asking, type Incoming } from '../commands/asking.ts';
import { afterFirst, Commands, type Asked } from '../commands/commands.ts';
import { locationHeader, Writes } from '../commands/writes.ts';
import { ChangeItemDto, CreateItemDto, itemAnswer, ItemAnswer } from './items.dto.ts';
import { KnownItems } from './known-items.ts';

const madeIdLength = 16;

@ApiTags('catalog')
@Controller('products')
export class ItemsController {
  constructor(
    private readonly commands: Commands,
    private readonly items: KnownItems,
    private readonly numbers: Numbers,
  ) {}

  @Post()
  @ForStaff()
  @ApiOperation({ summary: 'Create an item' })
  @ApiCreatedResponse({ type: ItemAnswer, headers: locationHeader })
  @Writes('ID_TAKEN', 'FORBIDDEN')
  async createItem(@Body() { id, name, price }: CreateItemDto, @Asking() incoming: Incoming): Promise<ItemAnswer> {
    const asked = this.commands.ask(incoming);
    const { commandId } = asked.context;
    // Made of the command's id, so that a retry creates the same item.
    const itemId = id ?? `prod_${commandId.replaceAll('-', '').slice(0, madeIdLength)}`;
    const number = await this.numbers.assign('item', commandId, itemId);
    const command = { type: 'CreateItem', itemId, number, name, price } as const;
    const { event } = await this.commands.record(
      itemAggregate,
      itemAggregate.streamOf(itemId),
      command,
      'ItemCreated',
      asked,
    );
    void incoming.reply.header('location', `/api/v1/items/${itemId}`);
    return itemAnswer({ status: 'on-sale', facts: event });
  }

  @Patch(':id')
  @ForStaff()
  @ApiOperation({ summary: 'Change an item; what is left out stays' })
  @ApiOkResponse({ type: ItemAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  async changeItem(
    @Param('id') idOrNumber: string,
    @Body() change: ChangeItemDto,
    @Asking() incoming: Incoming,
  ): Promise<ItemAnswer> {
    const asked = this.commands.ask(incoming);
    const { itemId } = await this.items.find(idOrNumber);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    await this.#item(itemId, { type: 'ChangeItem', ...given }, asked);
    return this.#answer(itemId);
  }

  @Delete(':id')
  @ForStaff()
  @ApiOperation({ summary: 'Take an item out of the catalog; it can be restored' })
  @ApiOkResponse({ type: ItemAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  async discontinueItem(@Param('id') idOrNumber: string, @Asking() incoming: Incoming): Promise<ItemAnswer> {
    const asked = this.commands.ask(incoming);
    const { itemId } = await this.items.find(idOrNumber);
    // The sale ends first: nobody buys what the catalog no longer has.
    await this.#stock(itemId, { type: 'Discontinue' }, this.commands.step(asked, 'Discontinue'));
    return afterFirst(async () => {
      await this.#item(itemId, { type: 'DiscontinueItem' }, asked);
      return this.#sellAsListed(itemId, asked);
    });
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ForStaff()
  @ApiOperation({ summary: 'Put an item back on sale' })
  @ApiOkResponse({ type: ItemAnswer })
  @Writes('ITEM_NOT_FOUND', 'FORBIDDEN')
  async restoreItem(@Param('id') idOrNumber: string, @Asking() incoming: Incoming): Promise<ItemAnswer> {
    const asked = this.commands.ask(incoming);
    const { itemId } = await this.items.find(idOrNumber);
    await this.#item(itemId, { type: 'ReinstateItem' }, asked);
    return afterFirst(() => this.#sellAsListed(itemId, asked));
  }

  /** Another request may have changed the catalog meanwhile: the stock is on sale when the item is, whoever comes last. */
  async #sellAsListed(itemId: string, asked: Asked): Promise<ItemAnswer> {
    for (let sells: KnownItem['status'] | undefined; ;) {
      const { item } = await this.items.find(itemId);
      if (item.status === sells) return itemAnswer(item);
      sells = item.status;
      const type = sells === 'discontinued' ? 'Discontinue' : 'Reinstate';
      await this.#stock(itemId, { type }, this.commands.afresh(asked));
    }
  }

  async #item(itemId: string, command: ItemCommand, asked: Asked): Promise<void> {
    const step = this.commands.step(asked, command.type);
    await this.commands.apply(itemAggregate, itemAggregate.streamOf(itemId), command, step);
  }

  async #stock(itemId: string, command: StockCommand, asked: Asked): Promise<void> {
    await this.commands.apply(stockAggregate, stockStream(itemStock(itemId)), command, asked);
  }

  async #answer(itemId: string): Promise<ItemAnswer> {
    return itemAnswer((await this.items.find(itemId)).item);
  }
}
