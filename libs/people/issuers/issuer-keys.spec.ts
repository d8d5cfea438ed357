import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { KeyPublisher, until } from '#dev/testing';
import { IssuerKeys } from './issuer-keys.ts';

const secondMs = 1000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

describe('the keys of an issuer', () => {
  let publisher: KeyPublisher;
  let now: number;
  let outcomes: string[];
  let keys: IssuerKeys;

  beforeEach(async () => {
    publisher = await KeyPublisher.start();
    publisher.keys = [await publicKey('one')];
    now = 0;
    outcomes = [];
    const { issuer } = publisher;
    keys = new IssuerKeys({ issuer, fetched: (outcome) => outcomes.push(outcome), now: () => now });
  });

  afterEach(() => publisher.stop());

  async function publicKey(kid: string) {
    const { publicKey: key } = await generateKeyPair('ES256');
    return { ...(await exportJWK(key)), kid, alg: 'ES256', use: 'sig' };
  }

  async function outcomeOf(keyId: string) {
    const { outcome, ...rest } = await keys.find(keyId);
    return outcome === 'unavailable' ? rest : outcome;
  }

  function isDown(): void {
    publisher.answer = (_, response) => response.destroy();
  }

  it('are read when the first is needed, once for all that need one at the same time', async () => {
    expect([publisher.reads, keys.current(), keys.isReachable()]).toEqual([0, undefined, true]);
    const found = await Promise.all(['one', 'one', 'one'].map(outcomeOf));
    expect([found, publisher.reads]).toEqual([['found', 'found', 'found'], 1]);
    expect(await outcomeOf('one')).toBe('found');
    expect(publisher.reads).toBe(1);
  });

  it('are read again for a key that is new, but not for every key that somebody invents', async () => {
    await keys.find('one');
    publisher.keys = [await publicKey('two')];
    expect([await outcomeOf('two'), publisher.reads]).toEqual(['found', 2]);
    // Withdrawn.
    expect([await outcomeOf('one'), publisher.reads]).toEqual(['unknown', 2]);
    now += minuteMs;
    expect([await outcomeOf('invented'), publisher.reads]).toEqual(['unknown', 3]);
    now += 10 * secondMs;
    expect([await outcomeOf('one'), await outcomeOf('invented')]).toEqual(['unknown', 'unknown']);
    expect(await outcomeOf('three')).toEqual({ retryAfterSeconds: 20 });
    expect(publisher.reads).toBe(3);
    now += 20 * secondMs;
    publisher.keys = [await publicKey('three')];
    expect([await outcomeOf('three'), publisher.reads]).toEqual(['found', 4]);
  });

  it('are read again in the background when they are no longer fresh, and are the same unless they changed', async () => {
    await keys.find('one');
    const first = keys.current();
    now += 10 * minuteMs - 1;
    expect([keys.current() === first, publisher.reads]).toEqual([true, 1]);
    now += 1;
    expect(keys.current()).toBe(first);
    await until(
      () => outcomes.length,
      (count) => count === 2,
    );
    expect([keys.current() === first, publisher.reads]).toEqual([true, 2]);
    now += 10 * minuteMs;
    publisher.keys = [await publicKey('two')];
    expect(await outcomeOf('one')).toBe('found');
    await until(
      () => outcomes.length,
      (count) => count === 3,
    );
    expect(keys.current()).not.toBe(first);
    expect(await outcomeOf('two')).toBe('found');
    expect(publisher.reads).toBe(3);
  });

  it('go on serving for a day while the issuer is down; of others, nobody knows', async () => {
    await keys.find('one');
    isDown();
    expect(await outcomeOf('two')).toEqual({ retryAfterSeconds: 5 });
    expect([keys.isReachable(), outcomes]).toEqual([false, ['succeeded', 'failed']]);
    expect(await outcomeOf('one')).toBe('found');
    expect(await outcomeOf('two')).toEqual({ retryAfterSeconds: 30 });
    now += dayMs - 1;
    expect(await outcomeOf('one')).toBe('found');
    await until(
      () => outcomes.length,
      (count) => count === 3,
    );
    now += 1;
    expect(keys.current()).toBeUndefined();
    expect(await outcomeOf('one')).toEqual({ retryAfterSeconds: 5 });
    publisher.answer = undefined;
    now += 5 * secondMs;
    expect(await outcomeOf('one')).toBe('found');
    expect(keys.isReachable()).toBe(true);
  });

  it('are asked for again by whoever asks whether the issuer is reachable', async () => {
    isDown();
    expect(await outcomeOf('one')).toEqual({ retryAfterSeconds: 5 });
    publisher.answer = undefined;
    expect(keys.isReachable()).toBe(false);
    now += 5 * secondMs;
    expect(keys.isReachable()).toBe(false);
    await until(
      () => keys.isReachable(),
      (reachable) => reachable,
    );
  });

  /** As it should be, but for the status. */
  function answered(response: ServerResponse): void {
    const { issuer, keys: published } = publisher;
    response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, keys: published }));
  }

  function redirectOnce(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.endsWith('/elsewhere') === true) answered(response);
    else response.writeHead(302, { location: `${publisher.issuer}/elsewhere` }).end();
  }

  it.each([
    ['calls itself otherwise', () => (publisher.about = { issuer: 'https://example.com' })],
    ['has its keys at an http URL elsewhere', () => (publisher.about = { jwks_uri: 'http://example.com/keys' })],
    ['has its keys nowhere', () => (publisher.about = { jwks_uri: undefined })],
    ['redirects', () => (publisher.answer = redirectOnce)],
    ['answers with an error', () => (publisher.answer = (_, response) => answered(response.writeHead(500)))],
    ['answers with no JSON', () => (publisher.answer = (_, response) => response.end('<html>'))],
    [
      'answers with too much',
      () => (publisher.keys = publisher.keys.map((key) => ({ ...Object(key), x5c: 'x'.repeat(300_000) }))),
    ],
    ['has too many keys', () => (publisher.keys = Array.from({ length: 101 }, () => ({})))],
    ['has keys that are none', () => (publisher.keys = ['key'])],
  ])('of one that %s are not taken', async (_, misbehave) => {
    misbehave();
    expect(await outcomeOf('one')).toEqual({ retryAfterSeconds: 5 });
    expect(outcomes).toEqual(['failed']);
  });
});
