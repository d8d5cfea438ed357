import { chunked, hidden, request, type Probe } from './probe.ts';

const encoding = 'Transfer-Encoding: chunked';
const rejected = { rejected: 400 };
const post = (headers: readonly string[], body: string): string => request('POST /shown', headers, body);

/** Of how a body is encoded. */
export const encodingProbes: readonly Probe[] = [
  ...['identity', 'gzip', 'gzip, chunked', 'chunked, identity', 'xchunked', 'chunked, chunked', '"chunked"', ''].map(
    (value) => ({
      name: `the encoding "${value}"`,
      bytes: post([`Transfer-Encoding: ${value}`], chunked(hidden.bytes)),
      outcome: rejected,
    }),
  ),
  {
    name: 'an encoding that is hidden by a second',
    bytes: post([encoding, 'Transfer-Encoding: x'], chunked(hidden.bytes)),
    outcome: rejected,
  },
  {
    name: 'chunked in HTTP/1.0',
    bytes: post([encoding], chunked(hidden.bytes)).replace('HTTP/1.1', 'HTTP/1.0'),
    outcome: rejected,
  },
  {
    name: 'a name with an underscore for the encoding',
    bytes: post(['Transfer_Encoding: chunked', 'Content-Length: 4'], 'body'),
    outcome: { seen: ['POST /shown body'] },
  },
  {
    name: 'chunk extensions',
    bytes: post([encoding], `4;x="${'y'.repeat(20)}"\r\nbody\r\n0;z\r\n\r\n`),
    outcome: { seen: ['POST /shown body'] },
  },
  {
    name: 'trailers that name a length',
    bytes: post([encoding, 'Trailer: Content-Length'], `4\r\nbody\r\n0\r\nContent-Length: 99\r\n\r\n`),
    outcome: rejected,
    nginx: { seen: ['POST /shown body'] },
  },
  {
    name: 'trailers',
    bytes: post([encoding, 'Trailer: X-Sum'], `4\r\nbody\r\n0\r\nX-Sum: 1\r\n\r\n`),
    outcome: { seen: ['POST /shown body'] },
  },
  {
    name: 'a chunk that is longer than it says',
    bytes: post([encoding], `4\r\nbody${hidden.bytes}\r\n0\r\n\r\n`),
    outcome: rejected,
  },
  { name: 'the chunk size 0x4', bytes: post([encoding], `0x4\r\nbody\r\n0\r\n\r\n`), outcome: rejected },
  { name: 'the chunk size -4', bytes: post([encoding], `-4\r\nbody\r\n0\r\n\r\n`), outcome: rejected },
  {
    name: 'a chunk size beyond all numbers',
    bytes: post([encoding], `fffffffffffffffff\r\nbody\r\n0\r\n\r\n`),
    outcome: rejected,
  },
];
