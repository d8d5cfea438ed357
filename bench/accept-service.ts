import 'reflect-metadata';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { acceptedAnswer, type AcceptedAnswer } from '#answers';
import { unitsMax } from '#domain';
import { problem } from '#http';
import { AcceptRequestDto } from '../apps/command-api/requests/requests.dto.ts';
import { openAcceptanceTables } from './baselines/acceptance-tables.ts';
import { RivalService, takeSetting } from './http/rival-service.ts';

const pool = takeSetting('BENCH_POOL', '8');
const requests = takeSetting('BENCH_REQUESTS', '1');

const service = new RivalService();
const tables = await openAcceptanceTables(service.servers.postgres, Number(pool), {
  requests: Number(requests),
  requiredQty: unitsMax,
});

@Controller('request-accepters')
class Acceptances {
  @Post()
  @HttpCode(201)
  async accept(
    @Req() request: FastifyRequest,
    @Body() { request_id: number, qty = 1 }: AcceptRequestDto,
  ): Promise<AcceptedAnswer> {
    const { id: accepterId } = service.callerOf(request);
    const id = String(request.headers['idempotency-key']);
    const requestId = Number(number);
    const made = await tables.accept({ id, accepter: accepterId, request: requestId, quantity: qty });
    if (made === undefined) throw problem('REQUEST_COMPLETED', {});
    const acceptedAt = made.acceptedAt.getTime();
    const acceptance = { acceptanceId: made.number, accepterId, accepterNumber: 1, qty, items: [], acceptedAt };
    const texts = { title: null, place: null, when: null, note: null };
    const quantities = { requiredQty: unitsMax, currentQty: made.currentQty, items: [], acceptanceCount: 1 };
    const who = { requestId, requesterId: accepterId, requesterNumber: 1, kind: 'Humanpower', status: 'open' } as const;
    return acceptedAnswer(
      { ...who, ...texts, ...quantities, createdAt: acceptedAt, updatedAt: acceptedAt },
      acceptance,
    );
  }
}

await service.serve('accept-row-lock', Acceptances, () => tables.close());
