import { itemAggregate, type ItemEvent } from '#domain';
import { decisionsOf } from '#dev/testing';

const { given } = decisionsOf({
  initial: itemAggregate.initial,
  evolve: itemAggregate.evolve,
  decide: itemAggregate.decide,
});
const at = 2000;
const facts = { itemId: 'prod_001', number: 1, name: '耳機', price: 1299, createdAt: 1000 };
const created: ItemEvent = { type: 'ItemCreated', ...facts };
const discontinued: ItemEvent = { type: 'ItemDiscontinued', ...facts };
const create = { type: 'CreateItem', itemId: 'prod_001', number: 1, name: '耳機', price: 1299, at } as const;

describe('an item', () => {
  it('is created once', () => {
    given()
      .when(create)
      .then({ ...created, createdAt: at });
    given(created).when(create).rejected({ code: 'ID_TAKEN', id: 'prod_001' });
    given(created, discontinued).when(create).rejected({ code: 'ID_TAKEN', id: 'prod_001' });
  });

  it('says what of it changed, and what it is now', () => {
    given(created)
      .when({ type: 'ChangeItem', price: 999, name: '耳機', at })
      .then({ type: 'ItemChanged', ...facts, price: 999, changed: ['price'], discontinued: false });
    given(created, { type: 'ItemChanged', ...facts, price: 999, changed: ['price'], discontinued: false })
      .when({ type: 'ChangeItem', name: 'headphones', at })
      .then({
        type: 'ItemChanged',
        ...facts,
        name: 'headphones',
        price: 999,
        changed: ['name'],
        discontinued: false,
      });
  });

  it('that is already as it should be records nothing', () => {
    given(created).when({ type: 'ChangeItem', name: facts.name, price: facts.price, at }).thenNothing();
    given(created).when({ type: 'ChangeItem', at }).thenNothing();
    given(created).when({ type: 'ReinstateItem', at }).thenNothing();
    given(created, discontinued).when({ type: 'DiscontinueItem', at }).thenNothing();
  });

  it('is discontinued, and reinstated as it was', () => {
    given(created).when({ type: 'DiscontinueItem', at }).then(discontinued);
    given(created, discontinued)
      .when({ type: 'ReinstateItem', at })
      .then({ type: 'ItemReinstated', ...facts });
    given(created, discontinued, { type: 'ItemReinstated', ...facts })
      .when({ type: 'DiscontinueItem', at })
      .then(discontinued);
  });

  it('that is discontinued can be changed, and stays discontinued', () => {
    const changed: ItemEvent = { type: 'ItemChanged', ...facts, price: 1, changed: ['price'], discontinued: true };
    given(created, discontinued).when({ type: 'ChangeItem', price: 1, at }).then(changed);
    given(created, discontinued, changed).when({ type: 'DiscontinueItem', at }).thenNothing();
  });

  it.each([
    { type: 'ChangeItem', price: 1, at },
    { type: 'DiscontinueItem', at },
    { type: 'ReinstateItem', at },
  ] as const)('that was never created is not found: $type', (command) => {
    given().when(command).rejected({ code: 'ITEM_NOT_FOUND' });
  });
});

describe('an item that was changed', () => {
  it('is on sale as before', () => {
    const changed: ItemEvent = { type: 'ItemChanged', ...facts, price: 1, changed: ['price'], discontinued: false };
    given(created, changed).when({ type: 'ReinstateItem', at }).thenNothing();
  });
});
