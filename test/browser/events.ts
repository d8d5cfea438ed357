import type { Locator, Page } from 'playwright-core';
import { picture, type OpenedConsole, type Person } from './open-console.ts';

export function eventsOfTheConsole(console: () => OpenedConsole): void {
  let opened: OpenedConsole;
  let staff: Person;

  beforeAll(async () => {
    opened = console();
    staff = await opened.signedIn('staff@example.com');
  });

  const rows = (page: Page) => page.getByRole('table', { name: 'Events' }).locator('tbody tr');

  const typesOf = async (of: Locator) => (await of.locator('code:not(.id)').allInnerTexts()).map((text) => text.trim());

  it('follow what one request caused across streams, from one of its events on', async () => {
    const [lamp, tent] = [await opened.shop.item(5), await opened.shop.item(5)];
    const placed = await opened.shop.order([
      { id: lamp, quantity: 1 },
      { id: tent, quantity: 2 },
    ]);
    const stream = `stock-item:${tent}:1`;
    const page = await staff.tab(`events?stream=${stream}&type=UnitsReserved`);
    await rows(page).getByText(`2 units of item ${tent} were reserved for order ${placed.body.id}`).waitFor();
    await rows(page).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Units reserved for an order' }).waitFor();
    const raw = page.getByRole('region', { name: 'UnitsReserved as JSON' });
    expect(JSON.parse(await raw.innerText())).toMatchObject({ stream, body: { orderId: placed.body.id, quantity: 2 } });
    await page.getByRole('link', { name: 'All that the request caused' }).click();
    const caused = page.getByRole('table', { name: 'What one request caused' });
    await caused.getByText('OrderPlaced').waitFor();
    const types = await typesOf(caused);
    expect([types[0], types.slice(1, 3), types[3]]).toEqual([
      'OrderSubmitted',
      ['UnitsReserved', 'UnitsReserved'],
      'OrderPlaced',
    ]);
    const heads = await caused.getByRole('columnheader').allInnerTexts();
    expect(heads.slice(1).toSorted()).toEqual([`order-${placed.body.id}`, `stock-item:${lamp}:1`, stream].toSorted());
    await picture(page, 'events-caused');
    await page.close();
  });

  it('are counted when there are newer ones, and shown only when they are asked for', async () => {
    const lamp = await opened.shop.item(5);
    const page = await staff.tab(`events?subject=${lamp}`);
    await rows(page).getByText('received').waitFor();
    const before = await typesOf(rows(page));
    await opened.staff.stock.adjust(lamp, { delta: -1, reason: 'broken' });
    await page.getByText('1 newer', { exact: true }).waitFor();
    expect(await typesOf(rows(page))).toEqual(before);
    await page.getByRole('button', { name: 'Newer events' }).click();
    await rows(page).getByText(`The stock of item ${lamp} was corrected by -1: broken`).waitFor();
    expect(await typesOf(rows(page))).toEqual(['StockAdjusted', ...before]);
    expect(await page.getByText('1 newer').count()).toBe(0);
    await page.close();
  });

  it('are filtered by a form, whose conditions are in the address', async () => {
    const lamp = await opened.shop.item(5);
    const page = await staff.tab('events');
    await page.getByLabel('Type').selectOption('UnitsProvided');
    await page.getByLabel('Subject').fill(lamp);
    await page.getByLabel('Subject').press('Enter');
    await rows(page).getByText(`5 units of item ${lamp} were received`).waitFor();
    expect(page.url()).toContain(`#/events?subject=${lamp}&type=UnitsProvided`);
    await page.getByLabel('From').fill('2100-01-01T00:00:00');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('No event matches').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await rows(page).getByText('received').first().waitFor();
    expect(page.url()).toMatch(/#\/events$/);
    await page.close();
  });
}
