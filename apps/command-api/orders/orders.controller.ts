import { applyDecorators, Body, Controller, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderAnswer, orderAnswer } from '#answers';
import { labelsOf } from '#domain';
import { invalid, TakesQuery } from '#http';
import { Roles } from '#http/guard';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { CancelOrder } from './cancel-order.ts';
import { ChangeOrderStatus, type NextStatus } from './change-order-status.ts';
import { ChangeOrderStatusDto, OrderOneItemDto, PayOrderDto, PlaceOrderDto, ReturnOrderDto } from './orders.dto.ts';
import { PayOrder } from './pay-order.ts';
import { PlaceOrder, type OrderDetails, type WantedOrder } from './place-order.ts';
import { ReturnOrder } from './return-order.ts';

const pathOf = ({ id }: OrderAnswer): string => `/api/v1/orders/${id}`;
const answerOf = ({ order, contact, returned }: OrderDetails): OrderAnswer => orderAnswer(order, contact, returned);

const notPlaced = [
  'ITEM_UNKNOWN',
  'INSUFFICIENT_STOCK',
  'TOO_MANY_CLAIMS',
  'ORDER_TOTAL_TOO_LARGE',
  'LIMIT_PER_CUSTOMER',
  'NOT_ON_SALE',
  'NOT_PLACED_IN_TIME',
  'USER_NOT_FOUND',
] as const;

/** An operation that names the order in Location, and answers 202 with it when its stocks have not all answered in time. */
const MayTakeLonger = (): MethodDecorator =>
  applyDecorators(
    Located(pathOf),
    ApiAcceptedResponse({
      type: OrderAnswer,
      headers: locationHeader,
      description: 'Recorded, but not finished yet: follow Location, or repeat the request with the same key',
    }),
  );

@ApiTags('orders')
@ApiBearerAuth()
@Controller()
export class OrdersController {
  constructor(private readonly useCases: UseCases) {}

  @Post('orders')
  @MayTakeLonger()
  @ApiOperation({
    summary: 'Place an order',
    description:
      'Reserves all units of all lines, or none. Names and prices are those of now, whatever they become later. ' +
      'Send an Idempotency-Key to make retries safe; without one, a repeated request is another order.',
  })
  @ApiCreatedResponse({ type: OrderAnswer, headers: locationHeader })
  @Writes(...notPlaced, 'ORDER_EMPTY', 'HOLD_NOT_FOUND', 'HOLD_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED')
  placeOrder(@Body() given: PlaceOrderDto, @Context() context: UseCaseContext) {
    const { items: lines, shippingInfo: contact, paymentMethod } = given;
    return this.#place({ lines, delivery: { contact, paymentMethod }, labels: labelsOf(given) }, context);
  }

  @Post('order')
  @TakesQuery()
  @MayTakeLonger()
  @ApiOperation({
    summary: 'Order one item',
    description: 'An order of one item that is not shipped. Send an Idempotency-Key to make retries safe.',
  })
  @ApiCreatedResponse({ type: OrderAnswer, headers: locationHeader })
  @Writes(...notPlaced)
  orderOneItem(@Query() { product_id: id, quantity }: OrderOneItemDto, @Context() context: UseCaseContext) {
    return this.#place({ lines: [{ id, quantity }], delivery: null }, context);
  }

  @Post('orders/:id/cancel')
  @HttpCode(200)
  @MayTakeLonger()
  @ApiOperation({
    summary: 'Cancel an order',
    description:
      'Cancels an order that is pending or processing: its units are available again. Customers cancel their own ' +
      'orders; staff can cancel any.',
  })
  @ApiOkResponse({ type: OrderAnswer })
  @Writes('ORDER_NOT_FOUND', 'ORDER_STATE')
  cancelOrder(@Param('id') id: string, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new CancelOrder(context, id)), answerOf);
  }

  @Patch('orders/:id/status')
  @Roles('staff')
  @MayTakeLonger()
  @ApiOperation({
    summary: 'Change the status of an order',
    description:
      'From pending to processing, shipped (with `trackingNumber`) and completed. An order that is not shipped goes ' +
      'from processing to completed. Staff only.',
  })
  @ApiOkResponse({ type: OrderAnswer })
  @Writes('ORDER_NOT_FOUND', 'ORDER_STATE', 'FORBIDDEN')
  changeOrderStatus(@Param('id') id: string, @Body() given: ChangeOrderStatusDto, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new ChangeOrderStatus(context, id, nextStatusOf(given))), answerOf);
  }

  @Post('orders/:id/payment')
  @HttpCode(200)
  @Roles('staff')
  @MayTakeLonger()
  @ApiOperation({
    summary: 'Confirm the payment of an order',
    description:
      'The same reference can be sent any number of times. A payment that comes after the order was cancelled is ' +
      'rejected with 409: give the money back. Staff only.',
  })
  @ApiOkResponse({ type: OrderAnswer })
  @Writes('ORDER_NOT_FOUND', 'ORDER_STATE', 'ORDER_PAID', 'FORBIDDEN')
  payOrder(@Param('id') id: string, @Body() { reference }: PayOrderDto, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new PayOrder(context, id, reference)), answerOf);
  }

  @Post('orders/:id/return')
  @HttpCode(200)
  @Roles('staff')
  @ApiOperation({
    summary: 'Give back an order',
    description:
      'Makes units of a shipped or completed order available again: those of the lines, or all that are left. Staff only.',
  })
  @ApiOkResponse({ type: OrderAnswer })
  @Writes(
    ...(['ORDER_NOT_FOUND', 'ORDER_STATE', 'ITEM_UNKNOWN', 'MORE_THAN_TAKEN', 'NOT_SHIPPED_YET', 'FORBIDDEN'] as const),
  )
  returnOrder(@Param('id') id: string, @Body() { lines, reason }: ReturnOrderDto, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new ReturnOrder(context, id, { lines, reason: reason ?? null })), answerOf);
  }

  #place(wanted: WantedOrder, context: UseCaseContext) {
    return answering(this.useCases.execute(new PlaceOrder(context, wanted)), answerOf);
  }
}

/** Only an order that is shipped has a tracking number, and it must have one. */
function nextStatusOf({ status, trackingNumber }: ChangeOrderStatusDto): NextStatus {
  if (status === 'shipped') {
    if (trackingNumber === undefined) throw invalid('trackingNumber', 'required', {});
    return { status, trackingNumber };
  }
  if (trackingNumber !== undefined) throw invalid('trackingNumber', 'notWith', { other: `status ${status}` });
  return { status };
}
