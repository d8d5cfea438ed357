import 'reflect-metadata';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problem } from '#http';
import { PlaceOrderDto } from '../apps/command-api/orders/orders.dto.ts';
import { takeByConditionalUpdate } from './baselines/order-conditional-update.ts';
import { takeByRowLock } from './baselines/order-row-lock.ts';
import { openOrderTables, type TakeLines } from './baselines/order-tables.ts';
import { RivalService, takeSetting } from './http/rival-service.ts';
import { itemNames, unitsOfEach } from './orders/stocks.ts';

const ways: Readonly<Record<string, TakeLines>> = {
  'row-lock': takeByRowLock,
  'conditional-update': takeByConditionalUpdate,
};
const way = takeSetting('BENCH_WAY', 'row-lock');
const pool = takeSetting('BENCH_POOL', '8');
const take = ways[way];
if (take === undefined) throw new RangeError(`BENCH_WAY is one of ${Object.keys(ways).join(', ')}`);

const service = new RivalService();
const tables = await openOrderTables(
  service.servers.postgres,
  Number(pool),
  { items: itemNames, units: unitsOfEach },
  take,
);

@Controller('orders')
class Orders {
  @Post()
  @HttpCode(201)
  async place(
    @Req() request: FastifyRequest,
    @Body() { items, shippingInfo, paymentMethod }: PlaceOrderDto,
  ): Promise<unknown> {
    const { id: customer } = service.callerOf(request);
    const id = String(request.headers['idempotency-key']);
    const placed = await tables.place({ id, customer, items, shippingInfo, paymentMethod });
    if (placed === undefined) throw problem('INSUFFICIENT_STOCK', { available: 0, requested: 1 });
    const { number, createdAt, total, lines } = placed;
    const times = { createdAt: createdAt.toISOString(), updatedAt: createdAt.toISOString() };
    const order = { id: `ord_${id}`, orderNumber: `ORD-${number}`, userId: customer, items: lines, shippingInfo };
    return { ...order, paymentMethod, subtotal: total, shipping: 0, discount: 0, total, status: 'pending', ...times };
  }
}

await service.serve(way, Orders, () => tables.close());
