import 'reflect-metadata';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { acceptedAnswer, type AcceptedAnswer } from '#answers';
import { unitsMax } from '#domain';
import { problem } from '#http';
import type { AcceptRequestDto } from '../apps/command-api/requests/requests.dto.ts';
import { openAcceptanceTables } from './baselines/acceptance-tables.ts';
import { RivalService, takeSetting } from './http/rival-service.ts';

const pool = takeSetting('BENCH_POOL', '8');
const requests = takeSetting('BENCH_REQUESTS', '1');

const service = new RivalService();
const tables = await openAcceptanceTables(service.servers.postgres, Number(pool), {
  requests: Number(requests),
  requiredQty: unitsMax,
});

// The same check of bodies as that of command-api. From the build: Node runs this file as it is, and knows no
// decorators.
const url = new URL('../dist/apps/command-api/requests/requests.dto.js', import.meta.url).href;
const { AcceptRequestDto: Dto } = (await import(url)) as { AcceptRequestDto: typeof AcceptRequestDto };

class Acceptances {
  async accept(request: FastifyRequest, { request_id: number, qty = 1 }: AcceptRequestDto): Promise<AcceptedAnswer> {
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

const { prototype } = Acceptances;
const handler = Object.getOwnPropertyDescriptor(prototype, 'accept') as PropertyDescriptor;
Req()(prototype, 'accept', 0);
Body()(prototype, 'accept', 1);
Reflect.defineMetadata('design:paramtypes', [Object, Dto], prototype, 'accept');
HttpCode(201)(prototype, 'accept', handler);
Post()(prototype, 'accept', handler);
Controller('request-accepters')(Acceptances);

await service.serve('accept-row-lock', Acceptances, () => tables.close());
