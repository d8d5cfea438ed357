import fc from 'fast-check';
import { makePosition } from '#event-store';
import { ConsistencyTokens } from './index.ts';

const secret = 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba';
const write = { position: makePosition('store1', 42n), stream: 'stock-i1_lamp' };
const foreign = expect.objectContaining({ code: 'TOKEN_FOREIGN' });

describe('a consistency token', () => {
  const tokens = new ConsistencyTokens(secret);

  it('names a write to every process that has the secret', () => {
    const elsewhere = new ConsistencyTokens(secret);
    const stream = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), stream, (ordinal, name) => {
        const any = { position: makePosition('store1', ordinal), stream: name };
        expect(elsewhere.decode(tokens.encode(any))).toEqual(any);
      }),
    );
  });

  it('is foreign if it was made with another secret', () => {
    const other = new ConsistencyTokens('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');
    expect(() => tokens.decode(other.encode(write))).toThrow(foreign);
  });

  it('is foreign once any character of it is another, is gone or was added', () => {
    const token = tokens.encode(write);
    const changes = fc.tuple(fc.nat(token.length), fc.nat(1), fc.string({ maxLength: 2 }));
    fc.assert(
      fc.property(changes, ([at, removed, added]) => {
        const changed = token.slice(0, at) + added + token.slice(at + removed);
        fc.pre(changed !== token);
        expect(() => tokens.decode(changed)).toThrow(foreign);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no token', 'zzz'],
    ['a write that nobody signed', Buffer.from(`${write.position} ${write.stream}`).toString('base64url')],
    ['anything at all', 'é'.repeat(10_000)],
  ])('is foreign if it is %s', (_, text) => {
    expect(() => tokens.decode(text)).toThrow(foreign);
  });
});
