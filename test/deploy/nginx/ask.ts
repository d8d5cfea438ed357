import { once } from 'node:events';
import {
  request as send,
  type Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { text } from 'node:stream/consumers';

export interface Question {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly agent?: Agent;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Unlike fetch it sends a body with a GET. */
export async function ask(port: number, path: string, question: Question = {}): Promise<Reply> {
  const answer = await open(port, path, question);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}

/** The answer as soon as it begins. */
export async function open(port: number, path: string, question: Question = {}): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, body, agent } = question;
  const framing =
    body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(body) };
  const outgoing: ClientRequest = send({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: { ...headers, ...framing },
    agent: agent ?? false,
  });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return answer;
}
