import { ask } from '../nginx/ask.ts';
import { Upstream } from '../nginx/upstream.ts';
import { encodingProbes } from './encoding-probes.ts';
import { lengthProbes } from './length-probes.ts';
import { lineProbes } from './line-probes.ts';
import type { Outcome, Probe } from './probe.ts';
import { say } from './say.ts';

export interface Between {
  readonly port: number;
  stop(): Promise<void>;
}

const envelopes: Readonly<Record<number, string>> = { 400: 'REQUEST_MALFORMED', 405: 'METHOD_NOT_ALLOWED' };
/** The first of them takes the connection to the service that the probe may have spoiled. */
const others = ['GET /others/1', 'POST /others/2', 'DELETE /others/3', 'GET /others/4'];

/** Sends every probe through a gateway, and looks at what others are answered after it. */
export function againstProbes(
  start: (service: number) => Promise<Between>,
  outcomeOf: (probe: Probe) => Outcome,
): void {
  let service: Upstream;
  let gateway: Between;

  beforeAll(async () => {
    service = await Upstream.start('service', ({ method, url, body }, response) => {
      response.end(`${method} ${url} ${body}`);
    });
    gateway = await start(service.port);
  });
  afterAll(async () => {
    await gateway.stop();
    await service.stop();
  });

  async function answersOfOthers(): Promise<string[]> {
    const answers: string[] = [];
    for (const other of others) {
      const [method = '', path = ''] = other.split(' ');
      answers.push((await ask(gateway.port, path, { method })).body);
    }
    return answers;
  }

  it.each([...lengthProbes, ...encodingProbes, ...lineProbes])('$name', async (probe) => {
    const outcome = outcomeOf(probe);
    const expected = 'seen' in outcome ? outcome.seen : [];
    const heard = await say(gateway.port, probe.bytes, Math.max(1, expected.length));
    expect(await answersOfOthers()).toEqual(others.map((other) => `${other} `));
    const seen = service.seen.splice(0).map(({ method, url, body }) => `${method} ${url} ${body}`);
    expect(seen.toSorted()).toEqual([...expected, ...others.map((other) => `${other} `)].toSorted());
    expect(service.unreadable).toBe(0);
    if ('rejected' in outcome) expectRejection(heard, outcome.rejected);
  });
}

function expectRejection(heard: string, status: number): void {
  const [head = '', body = ''] = heard.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(head).toMatch(/^connection: close$/im);
  const requestId = /^x-request-id: (.+)$/im.exec(head)?.[1];
  expect(JSON.parse(body)).toEqual({
    statusCode: status,
    statusMessage: expect.any(String),
    code: envelopes[status],
    data: null,
    requestId,
  });
}
