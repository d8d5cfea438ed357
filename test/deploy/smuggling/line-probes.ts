import { hidden, request, type Probe } from './probe.ts';

const rejected = { rejected: 400 };
const length = `Content-Length: ${hidden.length}`;
const get = (...headers: string[]): string => request('GET /shown', headers);

/** Of where a line ends, what a name is, and what a request asks for. */
export const lineProbes: readonly Probe[] = [
  {
    name: 'a space before the colon',
    bytes: request('POST /shown', [`Content-Length : 4`], 'body'),
    outcome: rejected,
  },
  { name: 'a folded line', bytes: get('X: a', ' Content-Length: 4'), outcome: rejected },
  { name: 'a line that begins with a space', bytes: 'GET /shown HTTP/1.1\r\n Host: x\r\n\r\n', outcome: rejected },
  { name: 'NUL in a value', bytes: get('X: a\0b'), outcome: rejected },
  { name: 'NUL in a name', bytes: get('X\0Y: a'), outcome: rejected },
  { name: 'a bare CR in a value', bytes: get(`X: a\rContent-Length: 4`), outcome: rejected },
  {
    name: 'bare LFs',
    bytes: get('X: a').replaceAll('\r\n', '\n'),
    outcome: rejected,
    nginx: { seen: ['GET /shown '] },
  },
  { name: 'no Host', bytes: 'GET /shown HTTP/1.1\r\n\r\n', outcome: rejected },
  { name: 'two Hosts', bytes: get('Host: y'), outcome: rejected },
  { name: 'Connection: host', bytes: get('Connection: Host'), outcome: rejected },
  {
    name: 'a header that Connection names',
    bytes: get('Connection: x-private', 'X-Private: 1'),
    outcome: { seen: ['GET /shown '] },
  },
  {
    name: 'two requests at once',
    bytes: get() + request('DELETE /second', []),
    outcome: { seen: ['GET /shown ', 'DELETE /second '] },
  },
  {
    name: 'Expect: 100-continue with its body at once',
    bytes: request('POST /shown', ['Expect: 100-continue', length], hidden.bytes),
    outcome: { seen: [`POST /shown ${hidden.bytes}`] },
  },
  {
    name: 'an upgrade with a body',
    bytes: request('POST /shown', ['Connection: Upgrade', 'Upgrade: websocket', length], hidden.bytes),
    outcome: { seen: [`POST /shown ${hidden.bytes}`] },
  },
  {
    name: 'an upgrade to HTTP/2',
    bytes: get('Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'),
    outcome: { seen: ['GET /shown '] },
  },
  {
    name: 'a path with a host',
    bytes: request('GET http://y/shown?a=b', []),
    outcome: { seen: ['GET /shown?a=b '] },
  },
  { name: 'a host alone', bytes: request('GET x:80', []), outcome: rejected },
  { name: 'an asterisk', bytes: request('OPTIONS *', []), outcome: rejected },
  { name: 'CONNECT', bytes: request('CONNECT x:80', [], hidden.bytes), outcome: rejected },
  { name: 'TRACE', bytes: request('TRACE /shown', []), outcome: { rejected: 405 } },
  { name: 'HTTP/2 without TLS', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', outcome: rejected },
];
