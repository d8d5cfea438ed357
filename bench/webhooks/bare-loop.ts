import { createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { PublicEvent } from '#feeds';
import { stockEvent, told } from './events.ts';
import { connectionsEach } from './pace.ts';
import { timed, type SendingTask, type Sent } from './sending-task.ts';

/**
 * What delivering costs at least: the same requests to the same receiver, signed, over as many connections, of bodies in
 * memory. Nothing is stored, retried or kept in order.
 */
export async function sendByBareLoop({ endpoints, warmUpEvents, measuredEvents }: SendingTask): Promise<Sent> {
  const agents = endpoints.map(() => new Agent({ keepAlive: true, maxSockets: connectionsEach }));
  const secret = randomBytes(32);
  const send = async (first: number, count: number): Promise<void> => {
    const events = Array.from({ length: count }, (_, index) => told(stockEvent(first + index))).flat();
    const ready = events.map((event) => ({ id: event.id, body: bodyOf(event) }));
    await Promise.all(
      endpoints.flatMap((url, endpoint) => {
        const left = ready.values();
        const client = async (): Promise<void> => {
          // The clients of an endpoint share one iterator.
          for (const { id, body } of left) await post(url, agents[endpoint] as Agent, id, body, secret);
        };
        return Array.from({ length: connectionsEach }, client);
      }),
    );
  };
  await send(1, warmUpEvents);
  const sent = await timed(measuredEvents * endpoints.length, () => send(warmUpEvents + 1, measuredEvents));
  for (const agent of agents) agent.destroy();
  return sent;
}

function bodyOf({ type, version, timestamp, data }: PublicEvent): string {
  return JSON.stringify({ type, version, timestamp, data });
}

function post(url: string, agent: Agent, id: string, body: string, secret: Buffer): Promise<void> {
  const seconds = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  };
  request(url, { method: 'POST', agent, headers }, (response) => {
    if (response.statusCode !== 204) reject(new Error(`a webhook was answered with ${response.statusCode}`));
    response.resume().once('close', resolve);
  })
    .once('error', reject)
    .end(body);
  return promise;
}
