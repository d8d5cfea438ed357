import { createPublicKey } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { KeyPublisher } from '#dev/testing';
import type { IssuerSettings } from '#platform';
import { Tokens } from '../tokens.ts';
import { isOwnToken, Issuers } from './issuers.ts';
import { outsideSession, outsideUserId } from './outside-user.ts';

type Claims = Record<string, unknown>;

interface Key {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

const nowSeconds = 1_800_000_000;

describe('a token of an outside issuer', () => {
  let publisher: KeyPublisher;
  let keys: Record<string, Key>;
  let settings: IssuerSettings;
  let issuers: Issuers;
  let now: number;

  beforeAll(async () => {
    publisher = await KeyPublisher.start();
    const made = ['RS256', 'PS256', 'ES256', 'EdDSA'].map(async (alg): Promise<[string, Key]> => [
      alg,
      { alg, ...(await generateKeyPair(alg, { extractable: true })) },
    ]);
    keys = Object.fromEntries(await Promise.all(made));
    publisher.keys = await Promise.all(
      Object.entries(keys).map(async ([kid, { publicKey, alg }]) => ({ ...(await exportJWK(publicKey)), kid, alg })),
    );
  });

  afterAll(() => publisher.stop());

  beforeEach(() => {
    now = nowSeconds * 1000;
    settings = {
      issuer: publisher.issuer,
      audiences: ['shop', 'app'],
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      customerClaim: 'sub',
    };
    issuers = new Issuers({ issuers: [settings], now: () => now });
  });

  function keyOf(alg: string): Key {
    const key = keys[alg];
    if (key === undefined) throw new Error(`no key for ${alg}`);
    return key;
  }

  const claims = (more: Claims = {}): Claims => ({
    iss: publisher.issuer,
    aud: 'shop',
    sub: 'ana',
    exp: nowSeconds + 60,
    ...more,
  });

  function signed(payload: Claims = claims(), alg = 'ES256', header: Record<string, unknown> = {}) {
    return new SignJWT(payload).setProtectedHeader({ alg, kid: alg, ...header }).sign(keyOf(alg).privateKey);
  }

  async function callerOf(token: string) {
    const verified = await issuers.verify(token);
    return verified.outcome === 'verified' ? verified.caller : verified.outcome;
  }

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'signed with %s names a customer, whose id follows from it',
    async (alg) => {
      const token = await signed(claims({ name: ' Ana ', email: 'ana@example.com' }), alg);
      const id = outsideUserId({ issuer: publisher.issuer, subject: 'ana' });
      const outside = { issuer: publisher.issuer, subject: 'ana', name: 'Ana', email: 'ana@example.com' };
      expect(issuers.remembered(token)).toBeUndefined();
      expect(await callerOf(token)).toEqual({ id, role: 'customer', sessionId: outsideSession(id), outside });
      expect(id).toMatch(/^user_[\da-f]{32}$/);
      expect(issuers.remembered(token)).toMatchObject({ id });
    },
  );

  it('may be for one of several audiences', async () => {
    expect(await callerOf(await signed(claims({ aud: ['other', 'app'] })))).toMatchObject({ role: 'customer' });
  });

  it.each<[string, Claims]>([
    ['for somebody else', { aud: 'other' }],
    ['for nobody', { aud: undefined }],
    ['of no issuer', { iss: undefined }],
    ['of an issuer spelled differently', { iss: 'HTTP://127.0.0.1' }],
    ['without an end', { exp: undefined }],
    ['that expired longer ago than clocks differ', { exp: nowSeconds - 30 }],
    ['that is not valid for longer than clocks differ', { nbf: nowSeconds + 31 }],
    ['of nobody', { sub: undefined }],
    ['of a subject that is no text', { sub: 7 }],
    ['of an empty subject', { sub: '' }],
    ['of a subject that no store accepts', { sub: 'a\0' }],
    ['of a subject that is not well-formed', { sub: 'a\ud800' }],
    ['of a subject that is too long', { sub: 'a'.repeat(256) }],
    ['bound to a key of the sender', { cnf: { jkt: 'x' } }],
    ['that says a session has ended', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
  ])('%s is invalid', async (_, more) => {
    expect(await callerOf(await signed(claims(more)))).toBe('invalid');
  });

  it('is valid for as long as clocks may differ after its end, remembered or not', async () => {
    const token = await signed(claims({ exp: nowSeconds - 29, nbf: nowSeconds + 30 }));
    expect(await callerOf(token)).toMatchObject({ role: 'customer' });
    now += 999;
    expect(issuers.remembered(token)).toMatchObject({ role: 'customer' });
    now += 1;
    expect([issuers.remembered(token), await callerOf(token)]).toEqual([undefined, 'invalid']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['of a type for something else', { typ: 'logout+jwt' }],
    ['of a proof', { typ: 'dpop+jwt' }],
    ['with an extension that nobody understands', { crit: ['x'], x: 1 }],
    ['that names no key', { kid: undefined }],
    ['with the key of another algorithm', { kid: 'RS256' }],
    ['with a name of a key that is too long', { kid: 'x'.repeat(201) }],
  ])('%s is invalid', async (_, header) => {
    const { privateKey } = keyOf('ES256');
    // Not by SignJWT, which does not make what it would not accept.
    const head = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'ES256', ...header })).toString('base64url');
    const body = Buffer.from(JSON.stringify(claims())).toString('base64url');
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, privateKey, Buffer.from(`${head}.${body}`));
    const token = `${head}.${body}.${Buffer.from(signature).toString('base64url')}`;
    expect(await callerOf(token)).toBe('invalid');
  });

  it('is valid as an access token of its type, too', async () => {
    expect(await callerOf(await signed(claims(), 'ES256', { typ: 'at+JWT' }))).toMatchObject({ role: 'customer' });
  });

  it('signed with what everybody knows is invalid', async () => {
    const pem = await exportSPKI(keyOf('RS256').publicKey);
    for (const secret of [pem, pem.trim(), createPublicKey(pem).export({ type: 'spki', format: 'der' })]) {
      const confused = new SignJWT(claims()).setProtectedHeader({ kid: 'RS256', alg: 'HS256' });
      expect(await callerOf(await confused.sign(Buffer.from(secret)))).toBe('invalid');
    }
    expect(await callerOf(new UnsecuredJWT(claims()).encode())).toBe('invalid');
    const [head = '', body = ''] = (await signed()).split('.');
    expect(await callerOf(`${head}.${body}.`)).toBe('invalid');
    const [, other = ''] = (await signed(claims({ sub: 'bob' }))).split('.');
    expect(await callerOf((await signed()).replace(`.${body}.`, `.${other}.`))).toBe('invalid');
    for (const rubbish of ['', 'x', 'a.b.c', 'x'.repeat(8193)]) expect(await callerOf(rubbish)).toBe('invalid');
  });

  it('with an algorithm that the setting does not name is invalid', async () => {
    issuers = new Issuers({ issuers: [{ ...settings, algorithms: ['EdDSA'] }], now: () => now });
    expect(await callerOf(await signed(claims(), 'ES256'))).toBe('invalid');
    expect(await callerOf(await signed(claims(), 'EdDSA'))).toMatchObject({ role: 'customer' });
  });

  it('of an issuer that is away is neither valid nor invalid, and holds up no other', async () => {
    const away = await KeyPublisher.start();
    away.answer = () => undefined;
    issuers = new Issuers({ issuers: [settings, { ...settings, issuer: away.issuer }], now: () => now });
    const waiting = issuers.verify(await signed(claims({ iss: away.issuer })));
    expect(await callerOf(await signed())).toMatchObject({ role: 'customer' });
    away.answer = (_, response) => response.destroy();
    await away.stop();
    expect(await waiting).toEqual({ outcome: 'unavailable', retryAfterSeconds: 5 });
    await expect(issuers.health.check()).rejects.toThrow('1 issuers cannot be reached');
  });

  it('is not remembered any longer once its issuer has withdrawn the key', async () => {
    const own = await KeyPublisher.start();
    own.keys = publisher.keys;
    issuers = new Issuers({ issuers: [{ ...settings, issuer: own.issuer }], now: () => now });
    const token = await signed(claims({ iss: own.issuer, exp: nowSeconds + 3600 }));
    expect(await callerOf(token)).toMatchObject({ role: 'customer' });
    own.keys = publisher.keys.slice(0, 1);
    expect(await callerOf(await signed(claims({ iss: own.issuer }), 'ES256', { kid: 'new' }))).toBe('invalid');
    expect(issuers.remembered(token)).toBeUndefined();
    now += 30_000;
    expect(await callerOf(token)).toBe('invalid');
    await own.stop();
  });

  describe('makes staff', () => {
    async function roleBy(claim: readonly string[], given: Claims): Promise<unknown> {
      const roles = { claim, staff: ['admin', 'shop staff', 'Object'] };
      issuers = new Issuers({ issuers: [{ ...settings, roles }], now: () => now });
      const caller = await callerOf(await signed(claims(given)));
      return typeof caller === 'string' ? caller : caller.role;
    }

    it.each<[string, readonly string[], Claims]>([
      ['by one role', ['roles'], { roles: 'shop staff' }],
      ['by one of several', ['roles'], { roles: ['user', 'admin'] }],
      ['by a claim in another', ['realm_access', 'roles'], { realm_access: { roles: ['admin'] } }],
      ['by a scope', ['scope'], { scope: 'openid admin' }],
    ])('%s', async (_, claim, given) => {
      expect(await roleBy(claim, given)).toBe('staff');
    });

    it.each<[string, readonly string[], Claims]>([
      ['without the claim', ['roles'], {}],
      ['by another role', ['roles'], { roles: ['administrator'] }],
      ['by a word of a role', ['roles'], { roles: 'not admin' }],
      ['by what objects inherit', ['constructor', 'name'], {}],
      ['by what is no text', ['roles'], { roles: { admin: true } }],
    ])('not %s', async (_, claim, given) => {
      expect(await roleBy(claim, given)).toBe('customer');
    });

    it('not unless the setting says so', async () => {
      expect(await callerOf(await signed(claims({ roles: ['admin'] })))).toMatchObject({ role: 'customer' });
    });
  });

  it('tells a name and an address only if they can be shown', async () => {
    const shown = async (more: Claims) => {
      const caller = await callerOf(await signed(claims(more)));
      return typeof caller === 'string' ? caller : [caller.outside?.name, caller.outside?.email];
    };
    expect(await shown({})).toEqual(['', null]);
    expect(await shown({ name: 7, email: 'ana' })).toEqual(['', null]);
    expect(await shown({ name: 'a\0', email: 'a\0@example.com' })).toEqual(['', null]);
    expect(await shown({ name: 'a'.repeat(101), email: 'a@example.com', email_verified: false })).toEqual(['', null]);
  });

  it('names the customer by another claim, if the setting says so', async () => {
    issuers = new Issuers({ issuers: [{ ...settings, customerClaim: 'oid' }], now: () => now });
    const id = outsideUserId({ issuer: publisher.issuer, subject: 'o-1' });
    expect(await callerOf(await signed(claims({ oid: 'o-1' })))).toMatchObject({ id });
    const others = [
      { issuer: publisher.issuer, subject: 'o-2' },
      { issuer: `${publisher.issuer}o`, subject: '-1' },
    ];
    for (const other of others) expect(outsideUserId(other)).not.toBe(id);
    expect(await callerOf(await signed())).toBe('invalid');
  });

  it('is never taken for one of our own', async () => {
    const own = new Tokens('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu', 3600).sign({
      id: 'u',
      role: 'customer',
      sessionId: 's',
    });
    expect([isOwnToken(own), isOwnToken(await signed())]).toEqual([true, false]);
  });
});
