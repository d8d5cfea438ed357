import { openConsole, type OpenedConsole } from './open-console.ts';
import { operationsOfTheConsole } from './operate.ts';
import { shopOfTheConsole } from './shop.ts';
import { stockOfTheConsole } from './stock.ts';

/** One system and one browser for all, since they take longer to start than most tests. */
describe.each(['PostgreSQL', 'EventStoreDB'] as const)('the console, events in %s:', (kind) => {
  let opened: OpenedConsole;

  beforeAll(async () => {
    opened = await openConsole(kind, { HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true' });
  });

  afterAll(() => opened.close());

  describe('its shop', () => {
    shopOfTheConsole(() => opened);
  });
  describe('its operations', () => {
    operationsOfTheConsole(() => opened);
  });
  // What it shows comes from the read models, whichever store they are built from.
  if (kind === 'PostgreSQL')
    describe('its stock', () => {
      stockOfTheConsole(() => opened);
    });

  it('breaks no rule of its policy', () => {
    expect(opened.complaints).toEqual([]);
  });
});
