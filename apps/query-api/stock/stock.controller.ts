import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForEverybody, ForStaff } from '#auth/guard';
import { itemStock } from '#domain';
import { consistencyHeader, problem } from '#http';
import { canBeId, HoldIds } from '#ids';
import { availabilityProjection, ItemQueries, ItemStock, itemsProjection } from '#read-models';
import { MovementQueries, movementsProjection, type Movement } from '#read-models';
import { ReadYourWrites } from '../consistency/read-your-writes.ts';
import { Sees } from '../consistency/sees.ts';
import { knownItem } from '../items/known-item.ts';
import { List } from '../paging/list.ts';
import { movementAnswer } from './movement-answer.ts';
import { HistoryAnswer, HistoryDto, StockAnswer, StockDto } from './stock.dto.ts';

const history = new List<Movement>({
  name: 'movements',
  keyOf: ({ revision }) => String(revision),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(
    private readonly stocks: ItemStock,
    private readonly items: ItemQueries,
    private readonly movements: MovementQueries,
    private readonly holdIds: HoldIds,
    private readonly readYourWrites: ReadYourWrites,
  ) {}

  @Get(':itemId')
  @ForEverybody()
  @ApiOperation({ summary: 'What of an item can be promised, now or as it was at a time' })
  @ApiOkResponse({ type: StockAnswer })
  @Sees('ITEM_NOT_FOUND', 'NOTHING_RECORDED_YET')
  async stockOf(
    @Param('itemId') id: string,
    @Query() { inventory_id, at }: StockDto,
    @Headers(consistencyHeader) token: string | undefined,
  ): Promise<StockAnswer> {
    if (at !== undefined) return this.#stockAt(id, inventory_id, at, token);
    const waited = await this.readYourWrites.wait(token, availabilityProjection, itemsProjection);
    if (!canBeId(id)) throw problem('ITEM_NOT_FOUND');
    const found = await (waited ? this.stocks.ofTables(id, inventory_id) : this.stocks.of(id, inventory_id));
    if (found === undefined) throw problem('ITEM_NOT_FOUND');
    const { available, ...balance } = found.availability;
    return { product_id: found.itemId, inventory_id, stock: available, ...balance };
  }

  @Get(':itemId/history')
  @ForStaff()
  @ApiOperation({ summary: 'Everything that happened to a stock, with its balance after it' })
  @ApiOkResponse({ type: HistoryAnswer })
  @Sees('ITEM_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async stockHistory(
    @Param('itemId') id: string,
    @Query() { inventory_id, ...page }: HistoryDto,
    @Headers(consistencyHeader) token: string | undefined,
  ): Promise<HistoryAnswer> {
    const paging = history.pagingOf(page);
    await this.readYourWrites.wait(token, movementsProjection, itemsProjection);
    const item = await knownItem(this.items, id);
    const stock = itemStock(item.id, inventory_id);
    const found = await this.movements.page(stock, paging);
    return {
      product_id: item.id,
      inventory_id,
      movements: found.rows.map((movement) => movementAnswer(movement, stock, this.holdIds)),
      ...history.answerOf(found, paging),
    };
  }

  async #stockAt(id: string, inventory_id: number, at: Date, token: string | undefined): Promise<StockAnswer> {
    await this.readYourWrites.wait(token, movementsProjection, itemsProjection);
    const item = await knownItem(this.items, id);
    const last = await this.movements.lastUntil(itemStock(item.id, inventory_id), at);
    if (last === undefined) throw problem('NOTHING_RECORDED_YET');
    const { available: stock, total, taken, held, reserved, lent, revision } = last;
    const balance = { stock, total, taken, held, reserved, lent, revision };
    return { product_id: item.id, inventory_id, ...balance, changedAt: last.at.toISOString() };
  }
}
