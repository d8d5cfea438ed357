import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDocs, isOpenApi, sendDocs, sendOpenApi } from './gateway/docs.ts';
import { forwarder } from './gateway/forward.ts';
import type { Operations } from './gateway/headers.ts';
import { oneReadingOf } from './gateway/one-reading.ts';
import { Processes } from './gateway/processes.ts';
import { rejectMalformed, rejectMethod, rejectTooLarge, rejectUnavailable } from './gateway/reject.ts';
import { bodyBytesMaxOf, stockOf, upstreamOf, type Upstream } from './gateway/route.ts';
import { rejectWhatIsUnread } from './gateway/unread.ts';

export interface Gateway {
  url: string;
  port: number;
  /** Answers 503 until the services are known: the addresses of the processes of each. */
  connect(upstreams: Record<Upstream, readonly string[]>): void;
  close(): Promise<void>;
}

export interface GatewayOptions {
  port: number;
  host?: string;
  bodyBytesMax?: number;
  /** What is exposed of health and metrics. */
  operations?: Operations;
}

/** The same limit as in the services, HOLDFAST_BODY_BYTES_MAX. */
const bodyBytesMaxDefault = 262_144;
const headersTimeout = 10_000;
const requestTimeout = 120_000;
const keepAliveTimeoutMs = 65_000;
const closeTimeoutMs = 5_000;
const connectionsMax = 4_096;

/** One origin for both APIs, like nginx in a deployment. */
export async function startGateway({ port, host = '127.0.0.1', ...options }: GatewayOptions): Promise<Gateway> {
  const { forward, close } = forwarder(options.operations ?? 'status');
  let targets: Record<Upstream, Processes> | undefined;
  // A request without Host is rejected below, with an explanation.
  const server = createServer({ headersTimeout, requestTimeout, requireHostHeader: false });
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.maxConnections = connectionsMax;
  rejectWhatIsUnread(server);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const reading = oneReadingOf(request);
    const method = request.method ?? 'GET';
    if (reading === undefined) return rejectMalformed(request, response);
    if (method === 'TRACE') return rejectMethod(request, response);
    const path = reading.path.split('?', 1)[0] ?? '/';
    if (isDocs(method, path)) return sendDocs(method, response);
    if (isOpenApi(method, path)) return sendOpenApi(method, response);
    if (targets === undefined) return rejectUnavailable(request, response, 503);
    const bytesMax = bodyBytesMaxOf(method, path) ?? options.bodyBytesMax ?? bodyBytesMaxDefault;
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) return rejectTooLarge(request, response, bytesMax);
    const name = upstreamOf(method, path);
    void forward(request, response, {
      ...reading,
      processes: targets[name],
      stock: name === 'command-api' ? stockOf(path) : undefined,
      mayRepeat: name === 'query-api',
      bodyBytesMax: bytesMax,
    });
  });
  const bound = await listen(server, port, host);
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${bound}`,
    port: bound,
    connect: (upstreams) => {
      targets = {
        'command-api': new Processes(upstreams['command-api']),
        'query-api': new Processes(upstreams['query-api']),
      };
    },
    close: async () => {
      await closeGently(server);
      await Promise.all([close(), ...Object.values(targets ?? {}).map((each) => each.close())]);
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((fulfil, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const hint = 'Stop the program that uses it, or choose another port: npm start -- --port 8081';
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} on ${host} is taken. ${hint}`) : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      fulfil(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function closeGently(server: Server): Promise<void> {
  const timer = new AbortController();
  const closed = new Promise<void>((fulfil) => void server.close(() => fulfil()));
  await Promise.race([closed, sleep(closeTimeoutMs, undefined, { signal: timer.signal }).catch(() => {})]);
  timer.abort();
  server.closeAllConnections();
}
