import { JwtService, type JwtSignOptions } from '@nestjs/jwt';
import { Tokens } from './tokens.ts';

const secret = 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu';
const otherSecret = 'Zk3WmQ8rT1xYv5nB7cD9fG2hJ4lPsA6e';
const ann = { id: 'user_ann', role: 'staff', sessionId: 's1' } as const;

function keyIdOf(token: string): unknown {
  return new JwtService().decode<{ header: { kid?: unknown } }>(token, { complete: true }).header.kid;
}

function signed(claims: object, key: string, options: JwtSignOptions): string {
  return new JwtService({ secret: key }).sign(claims, options);
}

describe('an access token', () => {
  const tokens = new Tokens(secret, 3600);

  const keyid = String(keyIdOf(tokens.sign(ann)));
  const ours = { issuer: 'holdfast', subject: 'x', keyid } as const;
  const claims = { role: 'staff', sid: 's1' };

  it('says who asks, as what, and in which session', () => {
    expect(tokens.verify(tokens.sign(ann))).toEqual(ann);
    expect(tokens.verify(signed(claims, secret, ours))).toEqual({ ...ann, id: 'x' });
  });

  it('says that it is for Holdfast; one that was signed before tokens did is good, too', () => {
    expect(new JwtService().decode(tokens.sign(ann))).toMatchObject({ aud: 'holdfast' });
    expect(tokens.verify(signed(claims, secret, { ...ours, audience: 'holdfast' }))).toMatchObject({
      id: 'x',
    });
    expect(tokens.verify(signed(claims, secret, ours))).toMatchObject({ id: 'x' });
  });

  it('is good for as long as its key verifies, though another signs by now', () => {
    const rotated = new Tokens(otherSecret, 3600, [secret]);
    const [before, after] = [tokens.sign(ann), rotated.sign(ann)];
    expect(rotated.verify(before)).toEqual(ann);
    expect(rotated.verify(after)).toEqual(ann);
    expect(tokens.verify(after)).toBeUndefined();
    expect(new Tokens(otherSecret, 3600).verify(before)).toBeUndefined();
  });

  it('names its key without telling it', () => {
    expect(keyid).toMatch(/^[\w-]{11}$/);
    expect(keyIdOf(new Tokens(otherSecret, 3600).sign(ann))).not.toBe(keyid);
    expect(keyIdOf(new Tokens(secret, 60).sign(ann))).toBe(keyid);
  });

  it('is worth nothing once it has expired, also to who knew it', () => {
    const token = tokens.sign(ann);
    const later = Date.now() + 3600 * 1000;
    expect(tokens.verify(token, later - 2000)).toEqual(ann);
    expect(tokens.verify(token, later)).toBeUndefined();
    expect(tokens.verify(token, later - 2000)).toEqual(ann);
    expect(tokens.verify(signed(claims, secret, { ...ours, expiresIn: -1 }))).toBeUndefined();
  });

  const { subject, ...nobody } = ours;
  it.each([
    ['was signed with another key', new Tokens(otherSecret, 3600).sign(ann)],
    ['was signed with another key in the name of ours', signed(claims, otherSecret, ours)],
    ['was not signed at all', signed(claims, '', { ...ours, algorithm: 'none' })],
    ['was issued by somebody else', signed(claims, secret, { ...ours, issuer: 'other' })],
    ['is for somebody else', signed(claims, secret, { ...ours, audience: 'shop' })],
    ['is for several', signed(claims, secret, { ...ours, audience: ['holdfast', 'shop'] })],
    ['names nobody', signed(claims, secret, nobody)],
    ['names no session', signed({ role: 'staff' }, secret, ours)],
    ['names no key', signed(claims, secret, { issuer: 'holdfast', subject })],
    ['has a role that there is not', signed({ ...claims, role: 'root' }, secret, ours)],
    ['is no token', 'abc'],
    ['is nothing', ''],
  ])('is worth nothing if it %s', (_, token) => {
    expect(tokens.verify(token)).toBeUndefined();
  });

  it('is worth nothing once somebody has touched it', () => {
    const [head, , signature] = tokens.sign({ ...ann, role: 'customer' }).split('.');
    const body = Buffer.from(JSON.stringify({ ...claims, sub: 'user_ann', iss: 'holdfast' })).toString('base64url');
    expect(tokens.verify([head, body, signature].join('.'))).toBeUndefined();
  });
});
