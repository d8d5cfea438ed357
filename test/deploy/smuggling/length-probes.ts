import { chunked, hidden, request, type Probe } from './probe.ts';

const length = `Content-Length: ${hidden.length}`;
const encoding = 'Transfer-Encoding: chunked';
const rejected = { rejected: 400 };

/** Of how long a body is. */
export const lengthProbes: readonly Probe[] = [
  ...['GET', 'DELETE', 'OPTIONS', 'POST', 'PUT'].flatMap((method): Probe[] => [
    {
      name: `a body of ${method} that looks like a request`,
      bytes: request(`${method} /shown`, [length], hidden.bytes),
      outcome: { seen: [`${method} /shown ${hidden.bytes}`] },
    },
    {
      name: `a body of ${method} in chunks that looks like a request`,
      bytes: request(`${method} /shown`, [encoding], chunked(hidden.bytes)),
      outcome: { seen: [`${method} /shown ${hidden.bytes}`] },
    },
    {
      name: `Connection: content-length with ${method}`,
      bytes: request(`${method} /shown`, [length, 'Connection: keep-alive, Content-Length'], hidden.bytes),
      outcome: rejected,
    },
  ]),
  {
    name: 'Connection: transfer-encoding',
    bytes: request('POST /shown', [encoding, 'Connection: Transfer-Encoding'], chunked(hidden.bytes)),
    outcome: rejected,
  },
  {
    name: 'Content-Length before Transfer-Encoding',
    bytes: request('POST /shown', ['Content-Length: 5', encoding], `0\r\n\r\n${hidden.bytes}`),
    outcome: rejected,
  },
  {
    name: 'Transfer-Encoding before Content-Length',
    bytes: request('POST /shown', [encoding, 'Content-Length: 4'], chunked(hidden.bytes)),
    outcome: rejected,
  },
  {
    name: 'two lengths that differ',
    bytes: request('POST /shown', ['Content-Length: 0', length], hidden.bytes),
    outcome: rejected,
  },
  { name: 'one length twice', bytes: request('POST /shown', [length, length], hidden.bytes), outcome: rejected },
  {
    name: 'a list of lengths',
    bytes: request('POST /shown', [`${length}, ${hidden.length}`], hidden.bytes),
    outcome: rejected,
  },
  ...['+4', '-1', '4 4', '0x4', '4.0', '', '99999999999999999999'].map((value) => ({
    name: `the length "${value}"`,
    bytes: request('POST /shown', [`Content-Length: ${value}`], 'body'),
    outcome: rejected,
  })),
];
