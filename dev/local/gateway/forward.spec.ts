import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { startGateway } from '../gateway.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const closing of open.splice(0).toReversed()) await closing.close();
});

async function gatewayTo(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => server.close() && server.closeAllConnections() });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gateway = await startGateway({ port: 0, bodyBytesMax: 1000 });
  open.push(gateway);
  gateway.connect({ 'query-api': [url], 'command-api': [url] });
  return gateway.port;
}

/** The answer to these bytes, until it matches or the connection ends. */
async function answerTo(port: number, bytes: string, end = /\r\n\r\n/): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
  let heard = '';
  for await (const chunk of socket) {
    heard += String(chunk);
    if (end.test(heard)) break;
  }
  return heard;
}

const head = (line: string, ...headers: string[]): string =>
  `${[`${line} HTTP/1.1`, 'Host: x', ...headers].join('\r\n')}\r\n\r\n`;

describe('what the local gateway forwards', () => {
  it('is rejected when its chunks become more than a service takes, and never reaches the service whole', async () => {
    const fates: boolean[] = [];
    const port = await gatewayTo((request) => {
      request.on('close', () => fates.push(request.complete)).on('error', () => {});
      request.resume();
    });
    const chunk = `1f5\r\n${'x'.repeat(501)}\r\n`;
    const answer = await answerTo(port, head('POST /stock', 'Transfer-Encoding: chunked') + chunk + chunk, /"\}$/);
    expect(answer).toMatch(/^HTTP\/1.1 413 .*"code":"BODY_TOO_LARGE","data":\{"bytesMax":1000\}/s);
    expect(fates).not.toContain(true);
  });

  it.each(['/login', '/api/v1/refresh'])('is not sent again when it is GET %s, which writes', async (path) => {
    let asked = 0;
    const port = await gatewayTo((request, response) => {
      asked += 1;
      if (asked === 1) response.end();
      else request.socket.destroy();
    });
    await answerTo(port, head(`GET ${path}`));
    expect([await answerTo(port, head(`GET ${path}`)), asked]).toEqual([expect.stringMatching(/^HTTP\/1.1 502 /), 2]);
  });

  it('may be answered before it has been sent whole', async () => {
    const port = await gatewayTo((_request, response) => response.writeHead(401).end());
    expect(await answerTo(port, `${head('POST /stock', 'Content-Length: 99')}part`)).toMatch(/^HTTP\/1.1 401 /);
  });

  it('keeps its place: what is unreadable after it gets no answer before it', async () => {
    const port = await gatewayTo(() => {});
    expect(await answerTo(port, `${head('GET /stock')}unreadable\r\n\r\n`)).toBe('');
  });
});
