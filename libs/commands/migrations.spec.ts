import { commandMigrations } from './migrations.ts';

describe('the migrations of the command side', () => {
  it('keep their names and their order: a database knows by them what it has', () => {
    expect(commandMigrations.map(({ name }) => name)).toEqual([
      'commands-1-snapshots',
      'commands-2-numbers',
      'commands-3-slot-numbers',
      'commands-4-a-number-for-each-target',
      'commands-5-category-numbers',
      'commands-9-inventory-numbers',
      'commands-10-lend-numbers',
      'commands-12-request-numbers',
      'commands-13-provide-numbers',
      'commands-14-transfer-numbers',
      'commands-6-unique-values',
      'commands-7-group-members',
      'commands-8-order-numbers',
      'commands-11-lend-reservations',
      'commands-15-purchase-reservations',
    ]);
  });
});
