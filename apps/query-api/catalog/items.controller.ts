import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isRejected, itemStock, stockStream } from '#domain';
import { NoQuery } from '#http';
import { Public } from '#http/guard';
import { availabilityProjection, itemsProjection } from '#read-models';
import { UseCases, type QueryContext } from '#use-cases/bus';
import { EntityTag, etagHeader } from '../edge/entity-tag.ts';
import { Context } from '../edge/query-context.ts';
import { answerOrFollow, type StreamContext } from '../edge/live/followed.ts';
import { Following, Streams } from '../edge/live/streams.ts';
import { Sees } from '../edge/sees.ts';
import { List } from '../edge/paging/list.ts';
import { ListDto } from '../edge/paging/paging.dto.ts';
import { GetItem } from './get-item.ts';
import { itemOnSaleAnswer, ItemOnSaleAnswer, ItemsAnswer } from './items.dto.ts';
import { ListItems, type StockedItem } from './list-items.ts';

const onSale = new List<StockedItem>({ name: 'items', keyOf: ({ number }) => String(number), keyShape: /^\d{1,15}$/ });

@ApiTags('catalog')
@Controller('items')
export class ItemsController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @Public()
  @EntityTag()
  @ApiOperation({
    summary: 'List the items on sale',
    description:
      'Lists what can be bought, with the units that are left of each. Public; supports ETag and If-None-Match.',
  })
  @ApiOkResponse({ type: ItemsAnswer, headers: etagHeader })
  @Sees([itemsProjection, availabilityProjection])
  async listItems(@Query() page: ListDto, @Context() context: QueryContext): Promise<ItemsAnswer> {
    const paging = onSale.pagingOf(page);
    const found = await this.useCases.ask(new ListItems(context, paging));
    return { items: found.rows.map(itemOnSaleAnswer), ...onSale.answerOf(found, paging) };
  }

  @Get(':id')
  @Public()
  @EntityTag()
  @ApiOperation({
    summary: 'Get an item on sale',
    description:
      'Returns one item that can be bought, with the units that are left. Public; supports ETag and If-None-Match, and ' +
      'streams with `Accept: text/event-stream`.',
  })
  @ApiOkResponse({ type: ItemOnSaleAnswer, headers: etagHeader })
  @Streams()
  @Sees([itemsProjection, availabilityProjection], 'ITEM_NOT_FOUND', 'TOO_MANY_STREAMS')
  getItem(@Param('id') id: string, @Query() _none: NoQuery, @Following() following: StreamContext) {
    return answerOrFollow<ItemOnSaleAnswer>(following, {
      name: `item ${id}`,
      projections: [availabilityProjection, itemsProjection],
      read: async (context) => {
        const item = await this.useCases.ask(new GetItem(context, id));
        return isRejected(item) ? item : itemOnSaleAnswer(item);
      },
      topicsOf: (item) => [
        { projection: itemsProjection, key: item.id },
        { projection: availabilityProjection, key: stockStream(itemStock(item.id)) },
      ],
    });
  }
}
