import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { call, startSystem, type Answer, type Call, type RunningSystem } from '#dev/testing';
import { startGateway } from '../../dev/local/gateway.ts';
import { ensureCategories } from '../../dev/local/starting-categories.ts';

const password = 'correct horse battery';

/** Everything behind one address, as those who wrote the requirements call it. */
export interface Installation {
  readonly system: RunningSystem;
  readonly url: string;
  /** Of somebody who may set things up. */
  readonly staff: string;
  readonly ask: (method: string, path: string, more?: Omit<Call, 'method'>) => Promise<Answer>;
  /** With a body, which `fetch` does not let a GET have. */
  readonly getWithBody: (path: string, body: object, token?: string) => Promise<Answer>;
  /** The categories that `npm start` creates. */
  ensureCategories(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstallation(settings: NodeJS.ProcessEnv = {}): Promise<Installation> {
  const system = await startSystem(settings);
  const gateway = await startGateway({ port: 0 });
  gateway.connect({ 'command-api': [system.commandApi.url], 'query-api': [system.queryApi.url] });
  const email = 'staff@example.com';
  const args = ['users', 'create', '--email', email, '--name', 'Staff', '--role', 'staff', '--password-stdin'];
  await system.cli(args, password);
  const { body } = await call(`${gateway.url}/api/v1/auth/login`, { body: { email, password } });
  return {
    system,
    url: gateway.url,
    staff: body.token,
    ensureCategories: () => ensureCategories(gateway.url, { email, password }),
    ask: (method, path, more = {}) => call(`${gateway.url}${path}`, { method, ...more }),
    getWithBody: (path, content, token) => getWithBody(`${gateway.url}${path}`, content, token),
    stop: async () => {
      await gateway.close();
      await system.stop();
    },
  };
}

async function getWithBody(url: string, body: object, token?: string): Promise<Answer> {
  const payload = JSON.stringify(body);
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
  const asking = request(url, { method: 'GET', headers: { ...headers, ...authorization } }).end(payload);
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  const chunks = (await answer.toArray()) as Buffer[];
  const text = Buffer.concat(chunks).toString();
  return { status: answer.statusCode ?? 0, headers: new Headers(), body: text === '' ? undefined : JSON.parse(text) };
}

/** For a query that must see what an answer says is done. */
export function seeing({ headers }: Answer): Record<string, string> {
  return { 'consistency-token': headers.get('consistency-token') ?? '' };
}
