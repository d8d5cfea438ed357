import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderAnswer, orderAnswer } from '#answers';
import { isRejected, itemStock, stockStream } from '#domain';
import { NoQuery } from '#http';
import { CurrentCaller, Roles } from '#http/guard';
import type { Caller } from '#people';
import { itemsProjection, orderHistoryProjection, orderLinesProjection, placeOfOrder } from '#read-models';
import { ordersProjection, returnsProjection, type ListedOrder } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { answerOrFollow, type StreamContext } from '../edge/live/followed.ts';
import { Following, Streams } from '../edge/live/streams.ts';
import { Sees } from '../edge/sees.ts';
import { GetOrder } from './get-order.ts';
import { GetOrderHistory } from './get-order-history.ts';
import { ListOrders } from './list-orders.ts';
import { AllOrdersAnswer, AllOrdersDto, OrderHistoryAnswer, OrdersAnswer, OrdersDto } from './orders.dto.ts';
import type { ListedOrderAnswer } from './orders.dto.ts';

const orderKey = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ord_[0-9a-f]{16}$/;
const ofCustomer = new List<ListedOrder>({ name: 'orders', keyOf: placeOfOrder, keyShape: orderKey });
const ofAll = new List<ListedOrder>({ name: 'all-orders', keyOf: placeOfOrder, keyShape: orderKey });

@ApiTags('orders')
@ApiBearerAuth()
@Controller()
export class OrdersController {
  constructor(private readonly useCases: UseCases) {}

  @Get('orders')
  @ApiOperation({
    summary: 'List orders',
    description: 'Lists the orders of the caller that all given conditions apply to, newest first.',
  })
  @ApiOkResponse({ type: OrdersAnswer })
  @Sees([ordersProjection], 'TOKEN_MISSING', 'TOKEN_INVALID')
  async listOrders(@Query() { status, reference, ...page }: OrdersDto, @CurrentCaller() caller: Caller) {
    const paging = ofCustomer.pagingOf(page);
    const found = await this.useCases.ask(new ListOrders({ customerId: caller.id, status, reference }, paging));
    return { orders: found.rows.map(listedAnswer), ...ofCustomer.answerOf(found, paging) };
  }

  @Get('admin/orders')
  @Roles('staff')
  @ApiOperation({
    summary: 'List the orders of all customers',
    description: 'Lists the orders that all given conditions apply to, newest first. Staff only.',
  })
  @ApiOkResponse({ type: AllOrdersAnswer })
  @Sees([ordersProjection, orderLinesProjection, itemsProjection], 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listAllOrders(@Query() { page, limit, cursor, ...wanted }: AllOrdersDto) {
    const paging = ofAll.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListOrders(wanted, paging));
    return { orders: found.rows.map(listedOfAnybody), ...ofAll.answerOf(found, paging) };
  }

  @Get('orders/:id')
  @ApiOperation({
    summary: 'Get an order',
    description:
      'Returns one order of the caller with its lines. Staff can get any order. Streams with ' +
      '`Accept: text/event-stream`.',
  })
  @ApiOkResponse({ type: OrderAnswer })
  @Streams()
  @Sees(
    [ordersProjection, orderLinesProjection, returnsProjection],
    ...(['ORDER_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID', 'TOO_MANY_STREAMS'] as const),
  )
  getOrder(
    @Param('id') id: string,
    @Query() _none: NoQuery,
    @CurrentCaller() caller: Caller,
    @Following() following: StreamContext,
  ) {
    return answerOrFollow<OrderAnswer>(following, {
      name: `order ${caller.role === 'staff' ? 'staff' : caller.id} ${id}`,
      projections: [ordersProjection, orderLinesProjection, returnsProjection],
      read: async () => {
        const found = await this.useCases.ask(new GetOrder(caller, id));
        return isRejected(found) ? found : orderAnswer(found.order, found.contact, found.returned);
      },
      topicsOf: ({ items }) => [
        { projection: ordersProjection, key: id },
        { projection: orderLinesProjection, key: id },
        ...items.map((item) => ({ projection: returnsProjection, key: stockStream(itemStock(item.id)) })),
      ],
    });
  }

  @Get('orders/:id/history')
  @ApiOperation({
    summary: 'List the history of an order',
    description: 'Lists what became of one order of the caller, when and by whom. Staff can ask for any order.',
  })
  @ApiOkResponse({ type: OrderHistoryAnswer })
  @Sees(
    [ordersProjection, orderHistoryProjection, returnsProjection],
    ...(['ORDER_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID'] as const),
  )
  async getOrderHistory(@Param('id') id: string, @Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    const found = await this.useCases.ask(new GetOrderHistory(caller, id));
    if (isRejected(found)) return found;
    const history = found.changes.map((change) => ({ ...change, at: change.at.toISOString() }));
    return { orderId: id, history, nextCursor: null };
  }
}

function listedAnswer(order: ListedOrder): ListedOrderAnswer {
  const { userId: _owner, ...listed } = listedOfAnybody(order);
  return listed;
}

function listedOfAnybody({ orderId: id, customerId: userId, submittedAt, ...shown }: ListedOrder) {
  const { orderNumber, total, status } = shown;
  return { id, userId, orderNumber, total, status, createdAt: new Date(submittedAt).toISOString() };
}
