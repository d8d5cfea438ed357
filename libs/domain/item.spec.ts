import { itemAggregate, type ItemEvent } from '#domain';
import { decisionsOf } from '#dev/testing';

const { given } = decisionsOf({
  initial: itemAggregate.initial,
  evolve: itemAggregate.evolve,
  decide: itemAggregate.decide,
});
const at = 2000;
const details = {
  originalPrice: null,
  description: '',
  shortDescription: '',
  images: [],
  thumbnail: null,
  categoryId: null,
  sku: null,
  tags: [],
  specifications: {},
  featured: false,
  returnDays: 0,
};
const plain = { itemId: 'prod_001', number: 1, name: '耳機', price: 1299 };
const facts = { ...plain, ...details, createdAt: 1000, updatedAt: 1000 };
const created: ItemEvent = { type: 'ItemCreated', ...facts };
const discontinued: ItemEvent = { type: 'ItemDiscontinued', ...facts };
const create = { type: 'CreateItem', itemId: 'prod_001', number: 1, name: '耳機', price: 1299, at } as const;

describe('an item', () => {
  it('is created once', () => {
    given()
      .when(create)
      .then({ ...created, createdAt: at, updatedAt: at });
    given(created).when(create).rejected({ code: 'ID_TAKEN', id: 'prod_001' });
    given(created, discontinued).when(create).rejected({ code: 'ID_TAKEN', id: 'prod_001' });
  });

  it('says what of it changed, and what it is now', () => {
    given(created)
      .when({ type: 'ChangeItem', change: { price: 999, name: '耳機' }, at })
      .then({ type: 'ItemChanged', ...facts, updatedAt: at, price: 999, changed: ['price'], discontinued: false });
    given(created, { type: 'ItemChanged', ...facts, price: 999, changed: ['price'], discontinued: false })
      .when({ type: 'ChangeItem', change: { name: 'headphones' }, at })
      .then({
        type: 'ItemChanged',
        ...facts,
        updatedAt: at,
        name: 'headphones',
        price: 999,
        changed: ['name'],
        discontinued: false,
      });
  });

  it('found by its SKU is changed only while it has that SKU', () => {
    const labelled: ItemEvent = { type: 'ItemCreated', ...facts, sku: 'HP-001' };
    const change = { price: 999 };
    expect(given(labelled).when({ type: 'ChangeItem', change, ofSku: 'HP-001', at }).events).toHaveLength(1);
    given(labelled).when({ type: 'ChangeItem', change, ofSku: 'HP-002', at }).rejected({ code: 'ITEM_NOT_FOUND' });
    given(created).when({ type: 'ChangeItem', change, ofSku: 'HP-001', at }).rejected({ code: 'ITEM_NOT_FOUND' });
  });

  it('that is already as it should be records nothing', () => {
    given(created)
      .when({ type: 'ChangeItem', change: { name: facts.name, price: facts.price, tags: [], specifications: {} }, at })
      .thenNothing();
    given(created).when({ type: 'ChangeItem', change: {}, at }).thenNothing();
    given(created).when({ type: 'ReinstateItem', at }).thenNothing();
    given(created, discontinued).when({ type: 'DiscontinueItem', at }).thenNothing();
  });

  it('is discontinued, and reinstated as it was', () => {
    given(created)
      .when({ type: 'DiscontinueItem', at })
      .then({ ...discontinued, updatedAt: at });
    given(created, discontinued)
      .when({ type: 'ReinstateItem', at })
      .then({ type: 'ItemReinstated', ...facts, updatedAt: at });
    given(created, discontinued, { type: 'ItemReinstated', ...facts })
      .when({ type: 'DiscontinueItem', at })
      .then({ ...discontinued, updatedAt: at });
  });

  it('that is discontinued can be changed, and stays discontinued', () => {
    const changed: ItemEvent = {
      type: 'ItemChanged',
      ...facts,
      updatedAt: at,
      price: 1,
      changed: ['price'],
      discontinued: true,
    };
    given(created, discontinued)
      .when({ type: 'ChangeItem', change: { price: 1 }, at })
      .then(changed);
    given(created, discontinued, changed).when({ type: 'DiscontinueItem', at }).thenNothing();
  });

  it.each([
    { type: 'ChangeItem', change: { price: 1 }, at },
    { type: 'DiscontinueItem', at },
    { type: 'ReinstateItem', at },
  ] as const)('that was never created is not found: $type', (command) => {
    given().when(command).rejected({ code: 'ITEM_NOT_FOUND' });
  });
});

describe('the details of an item', () => {
  const change = {
    originalPrice: 1599,
    description: '高音質',
    shortDescription: '輕巧',
    images: ['https://example.com/1.jpg'],
    thumbnail: 'https://example.com/t.jpg',
    categoryId: 'cat_elec',
    sku: 'HP-001',
    tags: ['熱銷'],
    specifications: { 重量: '250g' },
    featured: true,
  };

  it('are those it is created with', () => {
    given()
      .when({ ...create, ...change })
      .then({ ...created, ...change, createdAt: at, updatedAt: at });
  });

  it.each(Object.entries(change))('can be changed one by one: %s', (field, value) => {
    const changed = [field as keyof typeof change];
    const now = { ...facts, updatedAt: at, [field]: value };
    given(created)
      .when({ type: 'ChangeItem', change: { [field]: value }, at })
      .then({ type: 'ItemChanged', ...now, changed, discontinued: false });
  });

  it('are the same only with their specifications in the same order', () => {
    const both = { specifications: { a: '1', b: '2' } };
    const swapped = { specifications: { b: '2', a: '1' } };
    const with2: ItemEvent = { ...created, ...both };
    given(with2).when({ type: 'ChangeItem', change: both, at }).thenNothing();
    given(with2)
      .when({ type: 'ChangeItem', change: swapped, at })
      .then({
        type: 'ItemChanged',
        ...facts,
        ...swapped,
        updatedAt: at,
        changed: ['specifications'],
        discontinued: false,
      });
  });
});

describe('an item whose values were reserved', () => {
  const change = { type: 'ChangeItem', change: { sku: 'HP-001' }, at } as const;
  const rejection = { code: 'NOT_RECORDED_IN_TIME' } as const;

  it('is recorded until the reservation ends, and not a moment later', () => {
    given()
      .when({ ...create, recordBy: at })
      .then({ ...created, createdAt: at, updatedAt: at });
    given()
      .when({ ...create, recordBy: at - 1 })
      .rejected(rejection, at);
    given(created)
      .when({ ...change, recordBy: at - 1 })
      .rejected(rejection, at);
  });

  it('is the same as before when nothing changes, however late', () => {
    given(created)
      .when({ ...change, change: { sku: null }, recordBy: at - 1 })
      .thenNothing();
  });

  it('notes the time, which changes nothing else, and can be noted before it is created', () => {
    given()
      .when({ ...itemAggregate.noteTime, at })
      .then({ type: 'ItemTimeNoted' });
    given({ type: 'ItemTimeNoted' })
      .when(create)
      .then({ ...created, createdAt: at, updatedAt: at });
    given(created, discontinued, { type: 'ItemTimeNoted' }).when({ type: 'DiscontinueItem', at }).thenNothing();
  });
});

describe('an item that was changed', () => {
  it('is on sale as before', () => {
    const changed: ItemEvent = { type: 'ItemChanged', ...facts, price: 1, changed: ['price'], discontinued: false };
    given(created, changed).when({ type: 'ReinstateItem', at }).thenNothing();
  });
});
