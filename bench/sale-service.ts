import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Integer, problem } from '#http';
import { openRedisLock } from './baselines/redis-lock.ts';
import { openSelectForUpdate } from './baselines/select-for-update.ts';
import type { Contender, OpenContender } from './harness/contender.ts';
import { RivalService, takeSetting } from './http/rival-service.ts';

const ways: Readonly<Record<string, OpenContender>> = { 'row-lock': openSelectForUpdate, 'redis-lock': openRedisLock };
const way = takeSetting('BENCH_WAY', 'bare');
const pool = takeSetting('BENCH_POOL', '8');
const onSale = takeSetting('BENCH_ITEM', '');

const service = new RivalService();
const contender: Contender | undefined = await ways[way]?.(service.servers, Number(pool));
await contender?.provide([onSale], 1_000_000_000, 0);
// Their tables have UUIDs.
const customer = randomUUID();

class PurchaseDto {
  @Integer({ min: 1, max: 1_000_000_000, default: 1 })
  quantity!: number;
}

@Controller('items')
class Sale {
  @Post(':id/purchase')
  @HttpCode(201)
  async purchase(
    @Req() request: FastifyRequest,
    @Param('id') item: string,
    @Body() { quantity }: PurchaseDto,
  ): Promise<unknown> {
    service.callerOf(request);
    const id = String(request.headers['idempotency-key']);
    const outcome = await contender?.purchase({ id, item, customer });
    if (outcome === 'rejected') throw problem('INSUFFICIENT_STOCK', { available: 0, requested: quantity });
    const purchaseId = `pur_${id.replaceAll('-', '')}`;
    return { purchaseId, itemId: item, quantity, remaining: 999_999_999, purchasedAt: new Date().toISOString() };
  }
}
await service.serve(way, Sale, async () => contender?.close());
