import { categoryAggregate, type Category, type CategoryEvent } from '#domain';
import { decisionsOf } from '#dev/testing';

const { initial, evolve, decide } = categoryAggregate;
const { given } = decisionsOf({ initial, evolve, decide });
const at = 2000;
const details = { name: '電子產品', slug: 'electronics', description: '各類3C周邊', icon: 'device-icon', rank: 0 };
const facts = { categoryId: 'cat_elec', number: 1, ...details, createdAt: 1000, updatedAt: 1000 };
const created: CategoryEvent = { type: 'CategoryCreated', ...facts };
const deleted: CategoryEvent = { type: 'CategoryDeleted', ...facts };
const create = { type: 'CreateCategory', categoryId: 'cat_elec', number: 1, ...details, at } as const;

describe('a category', () => {
  it('is created once, and its id is never used again', () => {
    given()
      .when(create)
      .then({ ...created, createdAt: at, updatedAt: at });
    given(created).when(create).rejected({ code: 'ID_TAKEN', id: 'cat_elec' });
    given(created, deleted).when(create).rejected({ code: 'ID_TAKEN', id: 'cat_elec' });
  });

  it.each([
    ['name', '3C'],
    ['slug', '3c'],
    ['description', ''],
    ['icon', ''],
    ['rank', 7],
  ] as const)('can be changed: %s', (field, value) => {
    given(created)
      .when({ type: 'ChangeCategory', change: { [field]: value }, at })
      .then({ type: 'CategoryChanged', ...facts, [field]: value, updatedAt: at, changed: [field] });
    given(created)
      .when({ type: 'ChangeCategory', change: { [field]: facts[field] }, at })
      .thenNothing();
  });

  it('is what it was last changed to', () => {
    given(created, { type: 'CategoryChanged', ...facts, name: '3C', changed: ['name'] })
      .when({ type: 'ChangeCategory', change: { name: '3C' }, at })
      .thenNothing();
  });

  it('is deleted once', () => {
    given(created)
      .when({ type: 'DeleteCategory', at })
      .then({ ...deleted, updatedAt: at });
    given(created, deleted).when({ type: 'DeleteCategory', at }).rejected({ code: 'CATEGORY_NOT_FOUND' });
    expect([created, deleted].reduce(evolve, initial as Category)).toEqual({ status: 'deleted' });
  });

  it.each([
    { type: 'ChangeCategory', change: {}, at },
    { type: 'DeleteCategory', at },
  ] as const)('that does not exist is not found: $type', (command) => {
    given().when(command).rejected({ code: 'CATEGORY_NOT_FOUND' });
    given(created, deleted).when(command).rejected({ code: 'CATEGORY_NOT_FOUND' });
  });

  it('with a reserved slug is recorded until the reservation ends, and not a moment later', () => {
    const rejection = { code: 'NOT_RECORDED_IN_TIME' } as const;
    given()
      .when({ ...create, recordBy: at })
      .then({ ...created, createdAt: at, updatedAt: at });
    given()
      .when({ ...create, recordBy: at - 1 })
      .rejected(rejection, at);
    given(created)
      .when({ type: 'ChangeCategory', change: { slug: 'x' }, recordBy: at - 1, at })
      .rejected(rejection, at);
  });

  it('notes the time, which changes nothing else', () => {
    given()
      .when({ ...categoryAggregate.noteTime, at })
      .then({ type: 'CategoryTimeNoted' });
    given({ type: 'CategoryTimeNoted' })
      .when(create)
      .then({ ...created, createdAt: at, updatedAt: at });
    given(created, { type: 'CategoryTimeNoted' })
      .when({ type: 'DeleteCategory', at })
      .then({ ...deleted, updatedAt: at });
  });
});
