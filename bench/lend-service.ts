import 'reflect-metadata';
import { Body, Controller, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { lendAnswer, type LendAnswer } from '#answers';
import { mainInventory } from '#domain';
import { problem, problemFor } from '#http';
import { LendUnitsDto, ReturnLendDto } from '../apps/command-api/lending/lends.dto.ts';
import { openLendTables, type LendRow } from './baselines/lend-tables.ts';
import { RivalService, takeSetting } from './http/rival-service.ts';
import { itemNames, unitsOfEach } from './lending/stocks.ts';

const pool = takeSetting('BENCH_POOL', '8');
const inventoryId = Number(takeSetting('BENCH_INVENTORY', String(mainInventory)));
const weekMs = 7 * 86_400_000;

const service = new RivalService();
const tables = await openLendTables(service.servers.postgres, Number(pool), {
  items: itemNames,
  inventoryId,
  units: unitsOfEach,
});

@Controller('lends')
class Lends {
  @Post()
  @HttpCode(201)
  async lend(@Req() request: FastifyRequest, @Body() body: LendUnitsDto): Promise<LendAnswer> {
    const { id: borrower } = service.callerOf(request);
    const id = String(request.headers['idempotency-key']);
    const { item_id: item = '', qty: quantity = 1, from_inventory_id: from = inventoryId } = body;
    const dueAt = body.due_at === undefined ? new Date(Date.now() + weekMs) : body.due_at;
    const lent = await tables.lend({ id, borrower, item, inventoryId: from, quantity, dueAt });
    if (lent === undefined) throw problem('INSUFFICIENT_STOCK', { available: 0, requested: quantity });
    return answerOf(lent);
  }

  @Put(':id/return')
  async giveBack(
    @Req() request: FastifyRequest,
    @Param('id') number: string,
    // Checked like that of command-api, though this way does not ask for it.
    @Body() _body: ReturnLendDto,
  ): Promise<LendAnswer> {
    const back = await tables.giveBack(Number(number), service.callerOf(request).id);
    if (back === undefined) throw problemFor({ code: 'LEND_NOT_FOUND' });
    return answerOf(back);
  }
}

function answerOf({ number: lendId, lentAt, dueAt, returnedAt, quantity, inventoryId: from }: LendRow): LendAnswer {
  const times = {
    lentAt: lentAt.getTime(),
    dueAt: dueAt?.getTime() ?? null,
    returnedAt: returnedAt?.getTime() ?? null,
  };
  const returnedQuantity = returnedAt === null ? 0 : quantity;
  const lend = { lendId, inventoryId: from, quantity, returnedQuantity, renewals: 0, ...times };
  return lendAnswer(lend, { borrower: 1, item: 1 }, Date.now());
}

await service.serve('lend-row-lock', Lends, () => tables.close());
