import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { picture, type OpenedConsole } from './open-console.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A theme changes colours alone, so that in the second one of a language only their contrast is looked at. */
const views = [
  ['en', 'light', rules],
  ['en', 'dark', ['color-contrast']],
  ['zh-TW', 'dark', rules],
  ['zh-TW', 'light', ['color-contrast']],
] as const;

/** What there is to see on each page. */
interface Seen {
  readonly item: string;
  readonly order: string;
  readonly slot: number;
  readonly webhook: string;
  readonly lend: number;
  readonly request: number;
  readonly event: string;
  readonly correlation: string;
}

const pages: Readonly<Record<string, (seen: Seen) => string>> = {
  'the sign-in': () => 'sign-in',
  'the products': () => 'shop/products',
  'a product': ({ item }) => `shop/products/${item}`,
  'the slots of a day': () => 'shop/slots?day=2027-03-01',
  'what a customer has': () => 'shop/mine',
  'the items': () => 'stock/items',
  'an item': ({ item }) => `stock/items/${item}`,
  'the slots for staff': () => 'stock/slots?day=2027-03-01',
  'a slot': ({ slot }) => `stock/slots/${slot}`,
  'the orders': () => 'stock/orders',
  'an order': ({ order }) => `stock/orders/${order}`,
  'the lends': () => 'stock/lends',
  'a lend': ({ lend }) => `stock/lends/${lend}`,
  'the requests': () => 'stock/requests',
  'a request': ({ request }) => `stock/requests/${request}`,
  'the projections': () => 'operate',
  'the webhooks': () => 'operate/webhooks',
  'a webhook': ({ webhook }) => `operate/webhooks/${webhook}`,
  'the services': () => 'operate/services',
  'the events': () => 'events',
  'an event': ({ event }) => `events/${event}`,
  'what a request caused': ({ correlation }) => `events/caused/${correlation}`,
};

/** What axe says. */
interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
  }[];
}

export function pagesOfTheConsole(console: () => OpenedConsole): void {
  let opened: OpenedConsole;
  let page: Page;
  let seen: Seen;

  beforeAll(async () => {
    opened = console();
    const item = await opened.shop.item(12, { name: 'Lamp', returnDays: 14 });
    const { body } = await opened.shop.order([{ id: item, quantity: 2 }]);
    const startsAt = '2027-03-01T09:00:00Z';
    const { slot_id: slot } = await opened.staff.slots.open({ title: 'Tour', capacity: 8, startsAt });
    const { id: webhook } = await opened.staff.webhooks.create({
      url: 'http://127.0.0.1:9/none',
      events: ['stock.low'],
    });
    await opened.staff.stock.adjust(item, { delta: 5, reason: 'found' });
    const lend = await opened.staff.lends.create({ item_id: item, qty: 2, from_inventory_id: 1 });
    const request = await opened.staff.requests.make({ type: 'Humanpower', qty: 5 });
    await opened.staff.requests.accept({ request_id: request.request_id, qty: 2 });
    const { events } = await opened.staff.events.list({ stream: `stock-item:${item}:1`, type: ['UnitsReserved'] });
    const [event] = events;
    if (!event?.correlationId) throw new Error('the journal has no reservation of the order');
    seen = {
      item,
      order: body.id as string,
      slot,
      webhook,
      lend: lend.lend_id,
      request: request.request_id,
      event: event.eventId,
      correlation: event.correlationId,
    };
    page = await (await opened.signedIn('staff@example.com')).tab('shop');
    await opened.staff.items.purchase(item, { quantity: 1 });
    await opened.staff.items.hold(item, { quantity: 1, ttlSeconds: 3000 });
  });

  async function show(place: string): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 });
    // A document of its own, so that nothing of the page before is looked at.
    await page.goto('about:blank');
    await page.goto(`${opened.gateway.url}/console/#/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.placeholder').first().waitFor({ state: 'detached' });
  }

  async function faults(of: readonly string[]): Promise<string[]> {
    if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(`${axe}; undefined`);
    const found = await page.evaluate<Found>(
      `axe.run(document, { runOnly: ${JSON.stringify(of)}, resultTypes: ['violations'] })`,
    );
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  }

  // One test for each page, since to open it takes as long as to look at it.
  it.each(Object.keys(pages))(
    '%s: axe finds nothing in both themes and languages, and it is as wide as a narrow screen in every language',
    async (name) => {
      await show(pages[name]?.(seen) ?? '');
      const settings = page.getByRole('contentinfo').locator('select');
      for (const [language, theme, of] of views) {
        await settings.nth(0).selectOption(language);
        await settings.nth(1).selectOption(theme);
        expect([language, theme, ...(await faults(of))]).toEqual([language, theme]);
        if (language === 'en' && theme === 'light') await picture(page, name.replaceAll(' ', '-'));
      }
      await page.setViewportSize({ width: 360, height: 900 });
      for (const language of ['zh-TW', 'ja', 'ru', 'en']) {
        await settings.nth(0).selectOption(language);
        const isWider = 'document.documentElement.scrollWidth > innerWidth';
        expect([language, await page.evaluate(isWider)]).toEqual([language, false]);
      }
      if (name === 'a product' || name === 'an item') await picture(page, `${name.replaceAll(' ', '-')}-narrow`);
    },
  );

  it('can be walked with the keyboard: the content is skipped to, and what has the focus is seen', async () => {
    await show('shop/products');
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  });
}
