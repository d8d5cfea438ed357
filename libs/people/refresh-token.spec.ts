import fc from 'fast-check';
import { RefreshTokens } from './refresh-token.ts';

const secret = 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba';

describe('a refresh token', () => {
  const tokens = new RefreshTokens(secret);
  const seed = Buffer.from('a seed');

  it('is known on every process that has the secret, and so is the one that takes its place', () => {
    const elsewhere = new RefreshTokens(secret);
    const first = tokens.make();
    expect(elsewhere.read(first.text)).toEqual(first);
    const second = elsewhere.successorOf(first, seed);
    expect(tokens.successorOf(first, seed)).toEqual(second);
    expect(tokens.successorOf(first, Buffer.from('another')).text).not.toBe(second.text);
    expect(tokens.successorOf(tokens.make(), seed).secretHash).not.toEqual(second.secretHash);
    expect(tokens.read(second.text)).toEqual(second);
    expect(second.familyHash).toEqual(first.familyHash);
    expect(second.secretHash).not.toEqual(first.secretHash);
  });

  it('is none once any character of it is another, is gone or was added', () => {
    const { text } = tokens.make();
    const changes = fc.tuple(fc.nat(text.length), fc.nat(1), fc.string({ maxLength: 2 }));
    fc.assert(
      fc.property(changes, ([at, removed, added]) => {
        const changed = text.slice(0, at) + added + text.slice(at + removed);
        fc.pre(changed !== text);
        expect(tokens.read(changed)).toBeUndefined();
      }),
    );
  });

  it('is none if it was made with another secret, or was made up', () => {
    expect(tokens.read(new RefreshTokens('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu').make().text)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 60 }), (bytes) => {
        expect(tokens.read(Buffer.from(bytes).toString('base64url'))).toBeUndefined();
      }),
    );
  });
});
