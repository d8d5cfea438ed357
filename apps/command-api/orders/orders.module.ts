import { CancelOrderHandler } from './cancel-order.ts';
import { ChangeOrderStatusHandler } from './change-order-status.ts';
import { FinishOrderHandler } from './finish-order.ts';
import { OrdersController } from './orders.controller.ts';
import { PayOrderHandler } from './pay-order.ts';
import { PlaceOrderHandler } from './place-order.ts';
import { ReturnOrderHandler } from './return-order.ts';

/** Several items at once, all of them or none. */
export const orders = {
  controllers: [OrdersController],
  handlers: [
    PlaceOrderHandler,
    CancelOrderHandler,
    ChangeOrderStatusHandler,
    PayOrderHandler,
    ReturnOrderHandler,
    FinishOrderHandler,
  ],
};
