import { setImmediate as nextTurn } from 'node:timers/promises';
import { slowness } from '#dev/testing';
import { fingerprintOf } from '../guard/fingerprint.ts';
import { Problem } from '../errors/problem.ts';
import { splitBody } from '../service/long-body.ts';
import { TextMap } from './list-rules.ts';
import { readEntries } from './read-entries.ts';
import { Integer, Text } from './rules.ts';
import { UnreadEntry } from './unread-entry.ts';

class Lamp {
  @Text({ max: 10 })
  name!: string;

  @Integer({ optional: true, max: 9 })
  watts?: number;

  @TextMap({ optional: true, countMax: 50, nameMax: 100, max: 500 })
  facts?: Record<string, string>;
}

const entryBytesMax = 262_144;
const heldMsMax = 50;
const triesMax = 10;
const long = { path: '/lamps', list: 'lamps', entriesMax: 500, bytesMax: 4 * 1024 * 1024 };

function read(entries: readonly string[]) {
  const parse = (text: string): unknown => JSON.parse(text);
  return readEntries(
    Lamp,
    entries.map((text) => new UnreadEntry(text, parse)),
    entryBytesMax,
  );
}

describe('the entries of a long list', () => {
  it('are each what a body of its own would be, or what would be wrong with it', async () => {
    const [good, bad, twice, none, large, many] = await read([
      '{"name":"a","watts":5}',
      '{"watts":50,"colour":1}',
      '{"name":"a","name":"b"}',
      '[]',
      JSON.stringify({ name: 'x'.repeat(entryBytesMax) }),
      JSON.stringify({ name: 'x', facts: Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [n, ''])) }),
    ]);
    expect(good).toBeInstanceOf(Lamp);
    expect(good).toMatchObject({ name: 'a', watts: 5 });
    expect(bad).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(Object.keys((bad as Problem).facts ?? {}).toSorted()).toEqual(['colour', 'name', 'watts']);
    expect(twice).toMatchObject({ facts: { name: expect.any(String) } });
    expect(none).toMatchObject({ code: 'BODY_MALFORMED' });
    expect(large).toMatchObject({ code: 'BODY_TOO_LARGE', facts: { bytesMax: entryBytesMax } });
    expect(many).toMatchObject({ code: 'TOO_MANY_VALUES' });
  });

  it('of which one is no JSON are none', async () => {
    await expect(read(['{"name":"a"}', '{"name"'])).rejects.toMatchObject({ code: 'BODY_MALFORMED' });
  });

  it.each([
    ['many fields', JSON.stringify(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`field${n}`, n])))],
    ['much text', JSON.stringify({ name: 'a\u0301\u0334'.repeat(40_000) })],
    ['escapes', `{"name":"${'\\"'.repeat(100_000)}"}`],
    ['nesting', `{"facts":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['short lists', `{"facts":[${'[],'.repeat(60_000)}1]}`],
    ['repeated names', `{${'"a":1,'.repeat(30_000)}"a":1}`],
  ])('of %s never hold the event loop for long, even if they fill the largest body', async (_, entry) => {
    const count = Math.min(Math.floor((long.bytesMax - 100) / (Buffer.byteLength(entry) + 1)), long.entriesMax);
    const body = `{"lamps":[${Array.from({ length: count }, () => entry).join(',')}]}`;
    let least = Infinity;
    for (let tries = 0; tries < triesMax && least > heldMsMax; tries++) {
      const held = await longestTurnMs(async () => {
        const entries = splitBody(body, long)?.entries ?? [];
        await nextTurn();
        fingerprintOf('key', 'POST', '/lamps', { lamps: entries.map((text) => ({ text })) });
        await nextTurn();
        await read(entries);
      });
      least = Math.min(least, held > heldMsMax ? held / slowness() : held);
    }
    expect(least).toBeLessThan(heldMsMax);
  });
});

/** Of the time that this thread had of a processor, what the longest turn of the event loop took. */
async function longestTurnMs(work: () => Promise<void>): Promise<number> {
  const isOver = work().then(() => true);
  let longest = 0;
  for (let before = cpuMs(); ;) {
    if (await Promise.race([isOver, nextTurn(false)])) return longest;
    const now = cpuMs();
    longest = Math.max(longest, now - before);
    before = now;
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
