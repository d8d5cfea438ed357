import { eventsOfTheConsole } from './events.ts';
import { filesOfTheConsole } from './files.ts';
import { pagesThatFollowAStock } from './live.ts';
import { openConsole, type OpenedConsole } from './open-console.ts';
import { pagesOfTheConsole } from './pages.ts';

/** One system and one browser for all, since they take longer to start than most tests. */
describe('the console', () => {
  let opened: OpenedConsole;

  beforeAll(async () => {
    const settings = { HOLDFAST_JOURNAL: 'true', HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true' };
    opened = await openConsole('PostgreSQL', settings);
  });

  afterAll(() => opened.close());

  describe('its files', () => {
    filesOfTheConsole(() => opened);
  });
  describe('its pages', () => {
    pagesOfTheConsole(() => opened);
  });
  describe('its events', () => {
    eventsOfTheConsole(() => opened);
  });
  describe('a page that follows a stock', () => {
    pagesThatFollowAStock(() => opened);
  });

  it('breaks no rule of its policy', () => {
    expect(opened.complaints).toEqual([]);
  });
});
