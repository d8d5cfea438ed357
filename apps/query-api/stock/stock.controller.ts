import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isRejected, itemStock, stockStream } from '#domain';
import { CurrentCaller, Public } from '#http/guard';
import { HoldIds } from '#ids';
import type { Caller } from '#people';
import { availabilityProjection, inventoriesProjection, itemsProjection, movementsProjection } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { answerOrFollow, type StreamContext } from '../edge/live/followed.ts';
import { Following, Streams } from '../edge/live/streams.ts';
import { Sees } from '../edge/sees.ts';
import { GetStockAt } from './get-stock-at.ts';
import { GetStockHistory } from './get-stock-history.ts';
import { GetStock } from './get-stock.ts';
import { historyLists } from './history-lists.ts';
import { movementAnswer } from './movement-answer.ts';
import { HistoryAnswer, HistoryDto, StockAnswer, StockDto } from './stock.dto.ts';

const histories = historyLists('movements');

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(
    private readonly useCases: UseCases,
    private readonly holdIds: HoldIds,
  ) {}

  @Get(':itemId')
  @Public()
  @ApiOperation({
    summary: 'Get the stock of an item',
    description:
      'Returns the available units of an item and the balance they result from. With `at`, returns the stock at ' +
      'that time. A number is that of an item, never of a slot; the places of a slot are in `GET /slots/{id}`. ' +
      'Public; without `at`, streams with `Accept: text/event-stream`.',
  })
  @ApiOkResponse({ type: StockAnswer })
  @Streams()
  @Sees(
    ({ at }) => [itemsProjection, at === undefined ? availabilityProjection : movementsProjection],
    'ITEM_NOT_FOUND',
    'NOTHING_RECORDED_YET',
    'TOO_MANY_STREAMS',
  )
  getStock(
    @Param('itemId') id: string,
    @Query() { inventory_id, at }: StockDto,
    @Following() following: StreamContext,
  ) {
    // What was, does not change.
    if (at !== undefined) return this.#stockAt(id, inventory_id, at);
    return answerOrFollow<StockAnswer>(following, {
      name: `stock ${inventory_id} ${id}`,
      projections: [availabilityProjection, itemsProjection],
      read: async (context) => {
        const found = await this.useCases.ask(new GetStock(context, id, inventory_id));
        if (isRejected(found)) return found;
        const { available, ...balance } = found.availability;
        return { product_id: found.itemId, inventory_id, stock: available, ...balance };
      },
      topicsOf: ({ product_id }) => [
        { projection: itemsProjection, key: product_id },
        { projection: availabilityProjection, key: stockStream(itemStock(product_id, inventory_id)) },
      ],
    });
  }

  @Get(':itemId/history')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'List the history of a stock',
    description:
      'Lists every movement of the stock of an item, each with the balance after it. A number is that of an ' +
      'item, never of a slot. Staff, and the owner of the inventory, only.',
  })
  @ApiOkResponse({ type: HistoryAnswer })
  @Sees(
    [movementsProjection, itemsProjection, inventoriesProjection],
    'ITEM_NOT_FOUND',
    'INVENTORY_NOT_FOUND',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'FORBIDDEN',
  )
  async getStockHistory(
    @Param('itemId') id: string,
    @Query() { inventory_id, sort = 'oldest', ...page }: HistoryDto,
    @CurrentCaller() caller: Caller,
  ) {
    const history = histories[sort];
    const paging = history.pagingOf(page);
    const found = await this.useCases.ask(new GetStockHistory(caller, id, inventory_id, paging, sort));
    if (isRejected(found)) return found;
    return {
      product_id: found.itemId,
      inventory_id,
      movements: found.page.rows.map((movement) => movementAnswer(movement, found.stock, this.holdIds)),
      ...history.answerOf(found.page, paging),
    };
  }

  async #stockAt(id: string, inventory_id: number, at: Date) {
    const found = await this.useCases.ask(new GetStockAt(id, inventory_id, at));
    if (isRejected(found)) return found;
    const { available: stock, total, taken, held, reserved, lent, revision, at: changedAt } = found.movement;
    const balance = { stock, total, taken, held, reserved, lent, revision };
    return { product_id: found.itemId, inventory_id, ...balance, changedAt: changedAt.toISOString() };
  }
}
