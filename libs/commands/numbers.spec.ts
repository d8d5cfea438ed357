import { randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { numberMigrations, Numbers } from './index.ts';

describe('a number', () => {
  let database: FreshDatabase;
  let numbers: Numbers;

  beforeAll(async () => {
    database = await freshDatabase(numberMigrations);
    numbers = new Numbers(database.pool);
  });

  afterAll(() => database.drop());

  it('is given to one command, and leads to what it numbers', async () => {
    const [one, other] = [
      await numbers.assign('item', randomUUID(), 'prod_a'),
      await numbers.assign('item', randomUUID(), 'prod_b'),
    ];
    expect(other).toBeGreaterThan(one);
    expect(await numbers.targetOf('item', one)).toBe('prod_a');
    expect(await numbers.targetOf('item', other)).toBe('prod_b');
    expect(await numbers.targetOf('item', 999_999)).toBeUndefined();
  });

  it('is another for what else the same command is asked for', async () => {
    const commandId = randomUUID();
    const [one, other] = [
      await numbers.assign('item', commandId, 'prod_d'),
      await numbers.assign('item', commandId, 'prod_e'),
    ];
    expect(await Promise.all([one, other].map((number) => numbers.targetOf('item', number)))).toEqual([
      'prod_d',
      'prod_e',
    ]);
  });

  it('is the same for every try of a command, however many come at once', async () => {
    const commandId = randomUUID();
    const tries = await Promise.all(Array.from({ length: 20 }, () => numbers.assign('item', commandId, 'prod_c')));
    expect(new Set(tries).size).toBe(1);
  });

  it('is known to be that of an earlier try of the same command for the same target', async () => {
    const commandId = randomUUID();
    expect(await numbers.isAssigned('item', commandId, 'prod_f')).toBe(false);
    await numbers.assign('item', commandId, 'prod_f');
    expect(await numbers.isAssigned('item', commandId, 'prod_f')).toBe(true);
    expect(await numbers.isAssigned('slot', commandId, 'prod_f')).toBe(false);
    expect(await numbers.isAssigned('item', randomUUID(), 'prod_f')).toBe(false);
    expect(await numbers.isAssigned('item', commandId, 'prod_g')).toBe(false);
  });
});
