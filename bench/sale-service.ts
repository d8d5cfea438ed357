import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHttpService, Integer, problem } from '#http';
import { Tokens } from '#people';
import { createLogger, createMetrics, Health, readConfig } from '#platform';
import { openRedisLock } from './baselines/redis-lock.ts';
import { openSelectForUpdate } from './baselines/select-for-update.ts';
import type { Contender, OpenContender } from './harness/contender.ts';

// The same server as command-api: its parser, its log and metrics, its envelope, its check of tokens and of bodies. What
// it does with a purchase is another's way, or nothing at all.
const ways: Readonly<Record<string, OpenContender>> = { 'row-lock': openSelectForUpdate, 'redis-lock': openRedisLock };
const { BENCH_WAY: way = 'bare', BENCH_POOL: pool = '8', BENCH_ITEM: onSale = '' } = process.env;
for (const name of ['BENCH_WAY', 'BENCH_POOL', 'BENCH_ITEM']) delete process.env[name];

const config = readConfig(process.env, { port: 8089 });
const tokens = new Tokens(config.tokenSecret, config.accessTokenTtlSeconds);
const servers = { postgres: config.databaseUrl, redis: config.redisUrl, volatileRedis: '', eventStore: undefined };
const contender: Contender | undefined = await ways[way]?.(servers, Number(pool));
await contender?.provide([onSale], 1_000_000_000, 0);
// Their tables have UUIDs.
const customer = randomUUID();

function checkToken({ headers }: FastifyRequest): void {
  const caller = tokens.verify(headers.authorization?.slice('Bearer '.length) ?? '');
  if (caller === undefined) throw problem('TOKEN_INVALID');
}

class PurchaseDto {
  declare quantity: number;
}
// By hand: Node runs this file as it is, and knows no decorators.
Integer({ min: 1, max: 1_000_000_000, default: 1 })(PurchaseDto.prototype, 'quantity');

class Sale {
  async purchase(request: FastifyRequest, item: string, { quantity }: PurchaseDto): Promise<unknown> {
    checkToken(request);
    const id = String(request.headers['idempotency-key']);
    const outcome = await contender?.purchase({ id, item, customer });
    if (outcome === 'rejected') throw problem('INSUFFICIENT_STOCK', { available: 0, requested: quantity });
    const purchaseId = `pur_${id.replaceAll('-', '')}`;
    return { purchaseId, itemId: item, quantity, remaining: 999_999_999, purchasedAt: new Date().toISOString() };
  }
}
const { prototype } = Sale;
const handler = Object.getOwnPropertyDescriptor(prototype, 'purchase') as PropertyDescriptor;
Req()(prototype, 'purchase', 0);
Param('id')(prototype, 'purchase', 1);
Body()(prototype, 'purchase', 2);
Reflect.defineMetadata('design:paramtypes', [Object, String, PurchaseDto], prototype, 'purchase');
HttpCode(201)(prototype, 'purchase', handler);
Post(':id/purchase')(prototype, 'purchase', handler);
Controller('items')(Sale);

class SaleModule {}

const health = new Health();
const app = await createHttpService({
  name: way,
  module: { module: SaleModule, controllers: [Sale] },
  config,
  log: createLogger(way, config),
  metrics: createMetrics(way),
  health,
  translate: () => undefined,
});
await app.listen(config.port, config.host);
health.phase = 'ready';
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => contender?.close())
    .then(() => process.exit());
});
