import fc from 'fast-check';
import { createPool, type Pool } from '#platform';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { folded } from './fold.ts';
import { searchQueryOf } from './search-query.ts';
import { termsOf } from './terms.ts';

const nothing = { name: 'x', description: '', tags: [], sku: null };

describe('a search', () => {
  let database: FreshDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = createPool({ url: database.url, connectionsMax: 2, name: 'search' });
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  /** Which of the products are found, in the same order. */
  async function found(
    products: readonly Partial<Parameters<typeof termsOf>[0]>[],
    search: string,
    how: 'anywhere' | 'inName' | 'similar' = 'anywhere',
  ): Promise<boolean[]> {
    const query = searchQueryOf(search)?.[how];
    if (query === undefined) return products.map(() => false);
    const { rows } = await pool.query<{ found: boolean }>(
      `select terms @@ $2::tsquery as found from unnest($1::tsvector[]) with ordinality all_of (terms, at) order by at`,
      [products.map((product) => termsOf({ ...nothing, ...product })), query],
    );
    return rows.map((row) => row.found);
  }

  const finds = async (name: string, search: string): Promise<boolean> => (await found([{ name }], search))[0] ?? false;

  it.each([
    ['無線藍牙耳機', '耳機'],
    ['無線藍牙耳機', '藍牙耳機'],
    ['無線藍牙耳機', '無'],
    ['【特價】無線藍牙耳機', '特'],
    ['ワイヤレスヘッドホン', 'ヘッドホン'],
    ['ﾜｲﾔﾚｽﾍｯﾄﾞﾎﾝ', 'ヘッドホン'],
    ['무선 이어폰', '이어폰'],
    ['Wireless Headphones', 'wire head'],
    ['Wireless Headphones', 'HEADPHONES'],
    ['ＵＳＢ充電線', 'usb充'],
    ['ＵＳＢ充電線', 'usb充電'],
    ['充電USB', '充電usb'],
    ['Café Crème', 'cafe creme'],
    ['Cafe', 'café'],
    ['Straße', 'strasse'],
    ['HP-001', 'hp-00'],
    ['100% cotton', '100%'],
    ['100% cotton', '%'],
    ['a_b', '_'],
    ['say "hi"', '"'],
    ["men's", "men's"],
    ['back\\slash', '\\'],
    ['tom & jerry', 'tom&jerry'],
    ['5吋螢幕', '5吋'],
    ['螢幕5吋', '幕5'],
  ])('finds %j by %j', async (name, search) => {
    expect(await finds(name, search)).toBe(true);
  });

  it.each([
    ['無線藍牙耳機', '藍耳'],
    ['無線藍牙耳機', '耳'],
    ['無線 耳機', '線耳'],
    ['Wireless Headphones', 'less'],
    ['Wireless', 'wireless headphones'],
    ['カメラ', 'ガメ'],
    ['100 cotton', '%'],
    ['anything', '%'],
    ['anything', '_'],
    ['anything', "'"],
    ['anything', '\\'],
    ['anything', 'a:*|b'],
    ['anything', "x' | 'anything"],
    ['anything', '!nothing'],
    ['anything', ' '],
    ['1000 pieces', '100%'],
    ['wireless', 'wire,'],
  ])('does not find %j by %j', async (name, search) => {
    expect(await finds(name, search)).toBe(false);
  });

  it('reads all fields, and never across two of them', async () => {
    const product = { name: '耳機', description: '降噪', tags: ['新品', '熱銷'], sku: 'AB-12' };
    for (const search of ['耳機', '降噪', '新品', '熱銷', 'ab-12', '耳機 ab 降噪']) {
      expect(await found([product], search)).toEqual([true]);
    }
    for (const search of ['機新', '品熱', '12降']) expect(await found([product], search)).toEqual([false]);
    expect(await found([product, { description: '耳機' }], '耳機', 'inName')).toEqual([true, false]);
  });

  it('forgives one letter in a word of five and more letters of the name and tags, and no more', async () => {
    const products = [{ name: 'Bluetooth Headphones' }, { tags: ['headphones'] }, { description: 'headphones' }];
    for (const typo of ['headphonse', 'headpones', 'headphoness', 'heedphones', 'eadphones']) {
      expect(await found(products, typo, 'similar')).toEqual([true, true, false]);
      expect(await found(products, typo)).toEqual([false, false, false]);
    }
    expect(await found(products, 'hadphone', 'similar')).toEqual([false, false, false]);
    expect(await found([{ name: 'lamp' }], 'lamps', 'similar')).toEqual([true]);
    expect(searchQueryOf('lamb')?.similar).toBeUndefined();
  });

  it('folds texts of simple characters as it folds any other', () => {
    const simple = fc.string({
      unit: fc.constantFrom(...Array.from("aZ9 ，：！（Ａｚ～　、。「」ヘーガあ耳機한글'\\")),
    });
    // A character that is not simple makes it take the longer way.
    fc.assert(fc.property(simple, (text) => expect(`${folded(text)}\u00b7`).toBe(folded(`${text}\u00b7`))));
  });

  it('takes texts of any length', async () => {
    const description = `${'耳機'.repeat(5000)}終`;
    const name = '\u1112\u1161\u11ab'.repeat(60);
    expect(await found([{ name, description, tags: ['a'.repeat(50)] }], '機耳機耳')).toEqual([true]);
    expect(await finds(`${'a'.repeat(199)}b`, 'a'.repeat(100))).toBe(true);
  });

  const characters = fc.constantFrom(...Array.from('耳機藍牙無線充電ヘッドホンガカー이어폰무'));
  const words = fc.constantFrom('usb', 'Hi-Fi', 'a', 'ab', 'Café', '100%', "men's", 'naïve', '_', '\\', '&', ':*', '5');
  const names = fc
    .array(
      fc.oneof(
        fc.array(characters, { minLength: 1, maxLength: 6 }).map((all) => all.join('')),
        words,
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((parts) => parts.join(' '));

  it('finds a name by any two adjacent characters and by the beginning of any word, as a plain search would', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(names, { minLength: 1, maxLength: 8 }),
        fc.array(characters, { minLength: 2, maxLength: 3 }),
        async (all, wanted) => {
          const run = wanted.join('');
          const products = all.map((name) => ({ name }));
          expect(await found(products, run)).toEqual(all.map((name) => name.includes(run)));
          const prefixes = all.flatMap((name) => latinWords(name).map((word) => word.slice(0, 2)));
          for (const prefix of prefixes.slice(0, 3)) {
            const isIn = (name: string): boolean => latinWords(name).some((word) => word.startsWith(prefix));
            expect(await found(products, prefix)).toEqual(all.map(isIn));
          }
          for (const pair of all.flatMap(pairs).slice(0, 5)) {
            expect(await found(products, pair)).toEqual(all.map((name) => name.includes(pair)));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is never an error, whatever is asked for', async () => {
    const symbols = fc.stringMatching(/^[ -~耳機\u3000'"\\]{1,30}$/);
    await fc.assert(
      fc.asyncProperty(fc.oneof(symbols, fc.string({ unit: 'grapheme', maxLength: 30 })), async (search) => {
        for (const how of ['anywhere', 'inName', 'similar'] as const) await found([{ name: search }], search, how);
      }),
      { numRuns: 200 },
    );
  });
});

function latinWords(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[a-z\d]+/g) ?? [];
}

function pairs(name: string): string[] {
  const characters = Array.from(name);
  return characters
    .slice(1)
    .map((second, index) => (characters[index] ?? '') + second)
    .filter((pair) => /^[^ -~\u00c0-\u00ff]{2}$/u.test(pair));
}
