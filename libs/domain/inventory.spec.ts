import { inventoryAggregate, inventoryOf, mainInventoryFacts, type InventoryEvent } from '#domain';
import { decisionsOf } from '#dev/testing';

const { given } = decisionsOf({
  initial: inventoryAggregate.initial,
  evolve: inventoryAggregate.evolve,
  decide: inventoryAggregate.decide,
});
const at = 2000;
const details = {
  name: 'Tools',
  description: 'Of the neighbourhood',
  lends: true,
  takesProvides: true,
  defaultLendSeconds: null,
  renewalsMax: 0,
  openLendsMax: null,
  lentUnitsMax: null,
  overdueLendsMax: null,
};
const open = { type: 'OpenInventory', inventoryId: 2, ownerId: 'ann', ...details, at } as const;
const facts = { inventoryId: 2, ownerId: 'ann', ...details, createdAt: at };
const opened: InventoryEvent = { type: 'InventoryOpened', ...facts };
const changeTo = (change: object, inventoryId = 2) => ({ type: 'ChangeInventory', inventoryId, change, at }) as const;

describe('an inventory', () => {
  it('is opened once, and belongs to its maker', () => {
    given().when(open).then(opened);
    given(opened).when(open).rejected({ code: 'ID_TAKEN', id: '2' });
    expect(inventoryAggregate.evolve(inventoryAggregate.initial, opened)).toEqual({ status: 'open', facts });
  });

  it.each([
    ['name', 'Workshop'],
    ['description', ''],
    ['lends', false],
    ['takesProvides', false],
    ['defaultLendSeconds', 604_800],
    ['renewalsMax', 2],
    ['openLendsMax', 3],
    ['lentUnitsMax', 10],
    ['overdueLendsMax', 0],
  ] as const)('can be changed: %s', (field, value) => {
    given(opened)
      .when(changeTo({ [field]: value }))
      .then({ type: 'InventoryChanged', ...facts, [field]: value, changed: [field] });
  });

  it('says all that changed, and keeps the rest', () => {
    const changed: InventoryEvent = {
      type: 'InventoryChanged',
      ...facts,
      lends: false,
      openLendsMax: 3,
      changed: ['lends', 'openLendsMax'],
    };
    given(opened)
      .when(changeTo({ openLendsMax: 3, lends: false, name: 'Tools' }))
      .then(changed);
    const { type: _type, changed: _fields, ...changedFacts } = changed;
    expect(inventoryAggregate.evolve(inventoryAggregate.initial, changed)).toEqual({
      status: 'open',
      facts: changedFacts,
    });
    given(opened, changed)
      .when(changeTo({ openLendsMax: null }))
      .then({ type: 'InventoryChanged', ...facts, lends: false, changed: ['openLendsMax'] });
  });

  it('that is already as it should be records nothing', () => {
    given(opened)
      .when(changeTo({ name: 'Tools', openLendsMax: null }))
      .thenNothing();
    given(opened).when(changeTo({})).thenNothing();
  });

  it('that was never opened is not found', () => {
    given()
      .when(changeTo({ name: 'x' }))
      .rejected({ code: 'INVENTORY_NOT_FOUND' });
    expect(inventoryOf(2, inventoryAggregate.initial)).toEqual({ status: 'unknown' });
  });
});

describe('the main inventory', () => {
  it('exists before its first event, without an owner: it neither lends nor takes what is provided', () => {
    const main = inventoryOf(1, inventoryAggregate.initial);
    expect(main).toEqual({ status: 'open', facts: mainInventoryFacts });
    expect(mainInventoryFacts).toEqual({
      inventoryId: 1,
      ownerId: null,
      ...details,
      name: 'main',
      description: '',
      lends: false,
      takesProvides: false,
      createdAt: null,
    });
  });

  it('can be changed, and not opened', () => {
    const changed: InventoryEvent = {
      type: 'InventoryChanged',
      ...mainInventoryFacts,
      lends: true,
      changed: ['lends'],
    };
    given()
      .when(changeTo({ lends: true }, 1))
      .then(changed);
    given()
      .when({ ...open, inventoryId: 1 })
      .rejected({ code: 'ID_TAKEN', id: '1' });
    const recorded = inventoryAggregate.evolve(inventoryAggregate.initial, changed);
    expect(inventoryOf(1, recorded)).toEqual({ status: 'open', facts: { ...mainInventoryFacts, lends: true } });
  });
});
