import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { createPool, type Pool, type PoolOptions } from './pool.ts';

describe('a bigint of PostgreSQL', () => {
  let database: FreshDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await freshDatabase();
  });

  afterEach(() => pool.end());
  afterAll(() => database.drop());

  async function read(sql: string, bigints?: PoolOptions['bigints']): Promise<unknown> {
    pool = createPool({ url: database.url, connectionsMax: 1, name: 'test', ...(bigints && { bigints }) });
    const { rows } = await pool.query<{ value: unknown }>(`select ${sql} as value`);
    return rows[0]?.value;
  }

  it.each([
    ['0::bigint', 0],
    ['9007199254740991::bigint', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991::bigint', Number.MIN_SAFE_INTEGER],
    ['null::bigint', null],
    ['count(*)', 1],
    // As the driver has always handed them over.
    ['7::int', 7],
    ['7::numeric', '7'],
  ])('%s is %p', async (sql, value) => {
    expect(await read(sql)).toBe(value);
  });

  it.each(['9007199254740992::bigint', '-9007199254740992::bigint', '9223372036854775807::bigint'])(
    '%s, which is no exact number, is rejected, and the connection goes on',
    async (sql) => {
      await expect(read(sql)).rejects.toThrow(/^PostgreSQL answered the bigint -?9\d+, beyond ±9007199254740991/);
      expect((await pool.query<{ value: number }>('select 7::bigint as value')).rows).toEqual([{ value: 7 }]);
    },
  );

  it('is text for whoever takes the whole range', async () => {
    expect(await read('9223372036854775807::bigint', 'text')).toBe('9223372036854775807');
  });
});
