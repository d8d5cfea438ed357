import { Controller, Get, Headers, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForEverybody } from '#auth/guard';
import { itemStock, type StockId } from '#domain';
import { consistencyHeader, NoQuery, problem } from '#http';
import { AvailabilityQueries, availabilityProjection, ItemQueries, itemsProjection } from '#read-models';
import type { Availability, Item } from '#read-models';
import { ReadYourWrites } from '../consistency/read-your-writes.ts';
import { Sees } from '../consistency/sees.ts';
import { EntityTag, etagHeader } from '../entity-tag.ts';
import { List } from '../paging/list.ts';
import { ListDto } from '../paging/paging.dto.ts';
import { ItemOnSaleAnswer, ItemsAnswer } from './items.dto.ts';
import { knownItem } from './known-item.ts';

const onSale = new List<Item>({ name: 'items', keyOf: ({ number }) => String(number), keyShape: /^\d{1,15}$/ });

@ApiTags('catalog')
@Controller('items')
@UseInterceptors(EntityTag)
export class ItemsController {
  constructor(
    private readonly items: ItemQueries,
    private readonly availability: AvailabilityQueries,
    private readonly readYourWrites: ReadYourWrites,
  ) {}

  @Get()
  @ForEverybody()
  @ApiOperation({ summary: 'The items on sale, with what is left of each' })
  @ApiOkResponse({ type: ItemsAnswer, headers: etagHeader })
  @Sees()
  async listItems(@Query() page: ListDto, @Headers(consistencyHeader) token: string | undefined): Promise<ItemsAnswer> {
    const paging = onSale.pagingOf(page);
    const waited = await this.readYourWrites.wait(token, itemsProjection, availabilityProjection);
    const found = await this.items.page(paging);
    return { items: await this.#answers(found.rows, waited), ...onSale.answerOf(found, paging) };
  }

  @Get(':id')
  @ForEverybody()
  @ApiOperation({ summary: 'One item on sale, with what is left of it' })
  @ApiOkResponse({ type: ItemOnSaleAnswer, headers: etagHeader })
  @Sees('ITEM_NOT_FOUND')
  async getItem(
    @Param('id') id: string,
    @Query() _none: NoQuery,
    @Headers(consistencyHeader) token: string | undefined,
  ): Promise<ItemOnSaleAnswer> {
    const waited = await this.readYourWrites.wait(token, itemsProjection, availabilityProjection);
    const item = await knownItem(this.items, id);
    const [answer] = item.discontinued ? [] : await this.#answers([item], waited);
    if (answer === undefined) throw problem('ITEM_NOT_FOUND');
    return answer;
  }

  /** One alone is read together with what others ask for at the same time. */
  async #live(stocks: readonly StockId[]): Promise<readonly Availability[]> {
    const [only] = stocks;
    return only === undefined || stocks.length > 1
      ? this.availability.ofMany(stocks)
      : [await this.availability.of(only)];
  }

  async #answers(items: readonly Item[], waited: boolean): Promise<ItemOnSaleAnswer[]> {
    const stocks = items.map(({ id }) => itemStock(id));
    const found = await (waited ? this.availability.ofTable(stocks) : this.#live(stocks));
    return items.map(({ id, number, name, price, createdAt }, index) => ({
      id,
      number,
      name,
      price,
      stock: found[index]?.available ?? 0,
      createdAt: createdAt?.toISOString() ?? null,
    }));
  }
}
