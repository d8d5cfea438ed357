import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventAnswer } from '#client';
import { meaningOf, storedEventTypes } from '../../apps/console/events/meaning.ts';
import { en } from '../../apps/console/language/en/index.ts';
import { formatsOf } from '../../apps/console/language/formats.ts';

interface Stored {
  readonly type: EventAnswer['type'];
  readonly schemaVersion: number;
  readonly data: Record<string, unknown>;
}

/** What the streams of each kind are about. */
const subjects = {
  category: { stream: 'category-cat_elec', subjectKind: 'category', subjectId: 'cat_elec' },
  inventory: { stream: 'inventory-2', subjectKind: 'inventory', subjectId: '2' },
  item: { stream: 'catalog-prod_001', subjectKind: 'item', subjectId: 'prod_001' },
  order: { stream: 'order-ord_1', subjectKind: 'order', subjectId: 'ord_1' },
  request: { stream: 'request-10', subjectKind: 'request', subjectId: '10' },
  slot: { stream: 'slot-5', subjectKind: 'slot', subjectId: '5' },
  stock: { stream: 'stock-item:prod_001:1', subjectKind: 'item', subjectId: 'prod_001' },
  transfer: { stream: 'transfer-31', subjectKind: 'transfer', subjectId: '31' },
} as const;
type Kind = keyof typeof subjects;

const language = { t: en, format: formatsOf('en') };

function eventOf(kind: Kind, { type, schemaVersion, data }: Stored, changes: Partial<EventAnswer> = {}): EventAnswer {
  return {
    eventId: '0b0d5f2e-8c1a-8f3e-9d47-5b6c7d8e9f00',
    revision: 0,
    position: 'a@1',
    type,
    schemaVersion,
    body: data,
    userId: null,
    apiKeyId: null,
    correlationId: null,
    causationId: null,
    recordedAt: null,
    ...subjects[kind],
    ...changes,
  };
}

function said(kind: Kind, type: EventAnswer['type'], data: Record<string, unknown>, changes?: Partial<EventAnswer>) {
  return meaningOf(eventOf(kind, { type, schemaVersion: 1, data }, changes), language);
}

describe('the meaning of an event', () => {
  const folder = join(import.meta.dirname, '../../libs/domain/stored-events');

  it.each(Object.keys(subjects) as Kind[])('of a %s is a sentence in every version of the event', async (kind) => {
    const stored = JSON.parse(await readFile(join(folder, `${kind}.json`), 'utf8')) as Stored[];
    const unsaid = stored
      .filter((each) => meaningOf(eventOf(kind, each), language) === en.events.types[each.type])
      .map(({ type, schemaVersion }) => `${type} ${schemaVersion}`);
    // Its first version says neither how many came back nor how.
    expect(unsaid).toEqual(kind === 'stock' ? ['UnitsReturned 1'] : []);
  });

  it('is tried with the events of all kinds of streams, and all their types', async () => {
    const files = await readdir(folder);
    expect(files.map((file) => file.replace('.json', '')).toSorted()).toEqual(Object.keys(subjects).toSorted());
    const stored = await Promise.all(files.map(async (file) => readFile(join(folder, file), 'utf8')));
    const types = stored.flatMap((text) => (JSON.parse(text) as Stored[]).map(({ type }) => type));
    expect(storedEventTypes).toEqual([...new Set(types)].toSorted());
  });

  it('has units of an item or places of a slot, with the inventory if it is not the main one', () => {
    const purchase = { purchaseId: 'p', customerId: 'ann', quantity: 1 };
    expect(said('stock', 'UnitsPurchased', purchase)).toBe('1 unit of item prod_001 was bought by ann');
    const slot = { stream: 'stock-slot:5', subjectKind: 'slot', subjectId: '5' } as const;
    expect(said('stock', 'UnitsPurchased', { ...purchase, quantity: 3 }, slot)).toBe(
      '3 places of slot 5 were bought by ann',
    );
    expect(said('stock', 'StockAdjusted', { delta: -2, reason: 'broken' }, { stream: 'stock-item:a:b:12' })).toBe(
      'The stock of item prod_001 in inventory 12 was corrected by -2: broken',
    );
  });

  it('has the date of a time only if it is another one than that of the event', () => {
    const at = new Date(2026, 0, 5, 10, 0);
    const hold = (expiresAt: Date) =>
      said(
        'stock',
        'UnitsHeld',
        { customerId: 'ann', quantity: 3, expiresAt: expiresAt.getTime() },
        { recordedAt: at.toISOString() },
      ).replaceAll('\u202F', ' ');
    expect(hold(new Date(2026, 0, 5, 10, 32))).toBe('3 units of item prod_001 were held for ann until 10:32:00 AM');
    expect(hold(new Date(2026, 0, 6, 10, 32))).toContain('until Jan 6, 2026, 10:32:00 AM');
  });

  it('is the name of its type if the event lacks something, or its stream is about nothing known', () => {
    expect(said('stock', 'UnitsHeld', { quantity: 3 })).toBe('Units held');
    const unknown = { subjectKind: null, subjectId: null } as unknown as EventAnswer;
    expect(said('stock', 'UnitsPurchased', { customerId: 'ann', quantity: 1 }, unknown)).toBe('Units bought');
    expect(said('stock', 'StockDiscontinued', {}, { body: null })).toContain('prod_001');
  });

  it('is the type itself if this version does not know it', () => {
    expect(said('item', 'ItemTeleported' as never, { to: 'mars' })).toBe('ItemTeleported');
  });

  it('has a reason by its code where it has no words for it', () => {
    const facts = { orderNumber: 'ORD-1' };
    expect(said('order', 'OrderRejected', { ...facts, reason: { code: 'NOT_ON_SALE' } })).toBe(
      'Order ORD-1 was rejected: it is not on sale',
    );
    expect(said('order', 'OrderRejected', { ...facts, reason: { code: 'TOO_MANY_CLAIMS' } })).toBe(
      'Order ORD-1 was rejected: TOO_MANY_CLAIMS',
    );
  });
});
