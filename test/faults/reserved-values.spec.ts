import { randomUUID } from 'node:crypto';
import { CommandRuntime, Draining, GroupMembers, InDoubt, Numbers, UniqueValues } from '#commands';
import { commandMigrations } from '#commands/migrations';
import { itemAggregate, type CategoryDetails, type ItemDetails } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import type { Pool } from '#platform';
import type { UseCaseContext } from '#use-cases';
import { WireDouble } from '#dev/event-store-double';
import { freshDatabase, silenced, type FreshDatabase, type Silenced } from '#dev/testing';
import { Categories } from '../../apps/command-api/catalog/categories.ts';
import { ChangeItem, ChangeItemHandler } from '../../apps/command-api/catalog/change-item.ts';
import { CreateCategory, CreateCategoryHandler } from '../../apps/command-api/catalog/create-category.ts';
import { CreateItem, CreateItemHandler } from '../../apps/command-api/catalog/create-item.ts';
import { DeleteCategory, DeleteCategoryHandler } from '../../apps/command-api/catalog/delete-category.ts';
import { ItemReservations } from '../../apps/command-api/catalog/item-reservations.ts';
import { ItemWrites } from '../../apps/command-api/catalog/item-writes.ts';
import { Items } from '../../apps/command-api/catalog/items.ts';
import { Products } from '../../apps/command-api/catalog/products.ts';
import { Stocks } from '../../apps/command-api/stock/stocks.ts';
import { metrics } from './metrics.ts';

/** The reservation of an attempt has ended as soon as it is made. */
const ended = -1;
/** How long a request waits for an append that is held back: enough for it to be sent on a busy machine. */
const brieflyMs = 1000;

function contextOf(patienceMs = 10_000): UseCaseContext {
  const deadline = Date.now() + patienceMs;
  return {
    commandId: randomUUID(),
    correlationId: 'test',
    userId: 'staff',
    role: 'staff',
    isRepeatable: true,
    deadline,
  };
}

/** What of command-api has to do with products and categories. */
function processOn(store: EventStore, pool: Pool, reservedMs?: number, now = Date.now) {
  const runtime = new CommandRuntime({ store, metrics, now });
  const numbers = new Numbers(pool);
  const [items, categories] = [new Items(runtime, numbers), new Categories(runtime, numbers)];
  const [skus, members] = [new UniqueValues(pool, reservedMs), new GroupMembers(pool, reservedMs)];
  const reservations = new ItemReservations(items, categories, skus, members);
  const stocks = new Stocks(runtime);
  const products = new Products(stocks);
  const writes = new ItemWrites(items, numbers, reservations);
  const creating = new CreateItemHandler(writes, products, stocks);
  const changing = new ChangeItemHandler(items, writes, products, stocks);
  const creatingCategory = new CreateCategoryHandler(categories, numbers, skus, members);
  const deletingCategory = new DeleteCategoryHandler(categories, items, members, skus);
  return {
    create: (details: Partial<ItemDetails>, context = contextOf(), id?: string) =>
      creating.execute(new CreateItem(context, id, { name: 'x', price: 1, ...details })),
    change: (id: string, details: Partial<ItemDetails>, context = contextOf()) =>
      changing.execute(new ChangeItem(context, id, details)),
    createCategory: (details: Partial<CategoryDetails>, id?: string) => {
      const plain = { name: 'c', slug: randomUUID(), description: '', icon: '', rank: 0 };
      return creatingCategory.execute(new CreateCategory(contextOf(), id, { ...plain, ...details }));
    },
    deleteCategory: (id: string) => deletingCategory.execute(new DeleteCategory(contextOf(), id)),
    /** From now on rows are written, and no events: like a process that is killed between the two. */
    stopAppends: () => runtime.drain(0),
  };
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('values that are reserved, with events in %s,', (kind) => {
  let database: FreshDatabase;
  let double: WireDouble | undefined;
  let line: Silenced;
  let store: EventStore;
  let behindTheLine: EventStore;
  let sku: string;

  beforeAll(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations]);
    double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
    const url = double?.url ?? database.url;
    line = await silenced(url);
    [store, behindTheLine] = [await connectEventStore(url), await connectEventStore(line.url)];
  });

  beforeEach(() => {
    sku = `SKU-${randomUUID()}`;
  });

  afterAll(async () => {
    await Promise.all([store.close(), behindTheLine.close()]);
    line.close();
    await double?.stop();
    await database.drop();
  });

  function start(reservedMs?: number) {
    return processOn(store, database.pool, reservedMs);
  }

  /** A request whose process was killed between the row and the append. */
  async function killedIn(reservedMs: number | undefined, details: Partial<ItemDetails>): Promise<UseCaseContext> {
    const [killed, context] = [start(reservedMs), contextOf()];
    await killed.stopAppends();
    await expect(killed.create(details, context)).rejects.toThrow(Draining);
    return context;
  }

  async function typesIn(id: string): Promise<string[]> {
    return (await store.readStream(itemAggregate.streamOf(id), { limit: 100 })).map(({ type }) => type);
  }

  it('are nobody’s after a process was killed between the row and the append, until the same request is repeated', async () => {
    const context = await killedIn(undefined, { sku });
    const taken = { rejection: { code: 'SKU_TAKEN', sku } };
    expect(await start().create({ sku })).toEqual(taken);
    expect(await start().create({ sku }, context)).toMatchObject({ value: { sku } });
    expect(await start().create({ sku })).toEqual(taken);
  });

  it('are another’s after that, once the reservation has ended; the request is then rejected when it is repeated', async () => {
    const context = await killedIn(ended, { sku });
    const other = await start().create({ sku });
    expect(other).toMatchObject({ value: { sku } });
    expect(await start().create({ sku }, context)).toEqual({ rejection: { code: 'SKU_TAKEN', sku } });
    const killedId = `prod_${context.commandId.replaceAll('-', '').slice(0, 16)}`;
    expect(await typesIn(killedId)).toEqual(['ItemTimeNoted']);
  });

  it('are not recorded by an append that was held back on the wire until another had them', async () => {
    const before = Date.now();
    const held = processOn(behindTheLine, database.pool, 0, () => before);
    await held.create({});
    line.silence();
    const doubt: unknown = await held
      .create({ sku }, contextOf(brieflyMs), `held-${sku}`)
      .catch((error: unknown) => error);
    expect(await start().create({ sku })).toMatchObject({ value: { sku } });
    line.resume();
    expect(doubt).toBeInstanceOf(InDoubt);
    await (doubt as InDoubt).settled;
    expect(await typesIn(`held-${sku}`)).toEqual(['ItemTimeNoted']);
  });

  it('are in the first answer also when the request is repeated after they became another’s', async () => {
    const [creating, changing] = [contextOf(), contextOf()];
    const [id, next] = [`first-${sku}`, `${sku}-2`];
    const created = await start().create({ sku }, creating, id);
    await start().change(id, { sku: next }, changing);
    await start().change(id, { sku: null });
    const others = [await start().create({ sku }), await start().create({ sku: next })];
    expect(others).toMatchObject([{ value: { sku } }, { value: { sku: next } }]);
    expect(await start().create({ sku }, creating, id)).toMatchObject({ ...created, write: { repeated: true } });
    expect(await start().change(id, { sku: next }, changing)).toMatchObject({
      value: { id },
      write: { repeated: true },
    });
    expect(await start().create({ sku })).toMatchObject({ rejection: { code: 'SKU_TAKEN' } });
    expect(await start().create({ sku: next })).toMatchObject({ rejection: { code: 'SKU_TAKEN' } });
  });

  it('stay with an id that two requests chose at once', async () => {
    for (let round = 0; round < 10; round++) {
      const [id, value] = [`twice-${sku}-${round}`, `${sku}-${round}`];
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => start().create({ sku: value }, contextOf(), id)),
      );
      expect(answers.filter((answer) => 'value' in answer)).toHaveLength(1);
      expect(await start().create({ sku: value })).toEqual({ rejection: { code: 'SKU_TAKEN', sku: value } });
    }
  });

  it('are free at once after a change, also if they were given again before without a change', async () => {
    const id = `changed-${sku}`;
    await start().create({ sku }, contextOf(), id);
    expect(await start().change(id, { sku })).toMatchObject({ value: { sku }, write: undefined });
    expect(await start().change(id, { sku: `${sku}-2` })).toMatchObject({ value: { sku: `${sku}-2` } });
    expect(await start().create({ sku })).toMatchObject({ value: { sku } });
  });

  it('let a category be deleted after an item was abandoned on its way into it, but not before', async () => {
    const id = `cat-${sku}`;
    await start().createCategory({}, id);
    await killedIn(undefined, { categoryId: id });
    expect(await start().deleteCategory(id)).toEqual({ rejection: { code: 'CATEGORY_IN_USE' } });
    await database.pool.query(`update group_members set record_by = 1 where value = $1`, [id]);
    for (let abandoned = 0; abandoned < 3; abandoned++) await killedIn(ended, { categoryId: id });
    expect(await start().deleteCategory(id)).toMatchObject({ value: { categoryId: id } });
    expect(await start().create({ categoryId: id })).toMatchObject({ rejection: { code: 'VALIDATION_FAILED' } });
  });

  it('do not open a deleted category again when somebody creates it again', async () => {
    const id = `cat-${sku}`;
    await start().createCategory({}, id);
    await start().deleteCategory(id);
    expect(await start().createCategory({}, id)).toMatchObject({ rejection: { code: 'ID_TAKEN' } });
    // An item whose request found the category before it was deleted, and joins it now.
    expect(await new GroupMembers(database.pool).reserve('category', id, 'late')).toBeUndefined();
  });
});
