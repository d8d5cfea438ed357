import { picture, type OpenedConsole, type Person } from './open-console.ts';
import type { Page } from 'playwright-core';

const units = 25;
const sent = 40;

export function shopOfTheConsole(console: () => OpenedConsole): void {
  let opened: OpenedConsole;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    opened = console();
    ann = await opened.signedIn('ann@example.com');
    bob = await opened.signedIn('bob@example.com');
  });

  /** The number of this outcome of the sale, when it has ended. */
  const outcome = async (page: Page, name: string) =>
    Number(await page.locator(`[data-sale=ended] [data-outcome=${name}] dd`).innerText());

  it('sells out an item to two people at once, and both see it happen', async () => {
    const id = await opened.shop.item(units, { name: 'Lantern' });
    const pages = [await ann.tab(`shop/products/${id}`), await bob.tab(`shop/products/${id}`)];
    for (const page of pages) await page.locator(`[data-available="${units}"]`).waitFor();
    for (const page of pages) {
      await page.getByLabel('Purchases', { exact: true }).fill(String(sent));
      await page.getByRole('button', { name: 'Start the sale' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Start the sale' }).click();
    }
    for (const page of pages)
      await page.locator('[data-sale=ended] [data-outcome=soldOut]').filter({ hasText: /[1-9]/ }).waitFor();
    for (const page of pages) await page.locator('[data-available="0"]').waitFor();
    const bought = await Promise.all(pages.map((page) => outcome(page, 'bought')));
    const soldOut = await Promise.all(pages.map((page) => outcome(page, 'soldOut')));
    expect((bought[0] ?? 0) + (bought[1] ?? 0)).toBe(units);
    expect((soldOut[0] ?? 0) + (soldOut[1] ?? 0)).toBe(2 * sent - units);
    expect(await Promise.all(pages.map((page) => outcome(page, 'otherwise')))).toEqual([0, 0]);
    await picture(pages[0] as Page, `flash-sale-${opened.kind}`);
    await Promise.all(pages.map((page) => page.close()));
  });

  it('gives back what was held, when the hold expires before the eyes', async () => {
    const id = await opened.shop.item(3, { name: 'Kettle' });
    const [mine, theirs] = [await ann.tab(`shop/products/${id}`), await bob.tab(`shop/products/${id}`)];
    await mine.getByLabel('Quantity').fill('2');
    await mine.getByLabel('Hold for (seconds)').fill('3');
    await mine.getByRole('button', { name: 'Hold', exact: true }).click();
    await theirs.locator('[data-available="1"]').waitFor();
    const hold = mine.getByRole('article', { name: 'Your hold' });
    expect(await hold.locator('time').innerText()).toMatch(/^0:0\d$/);
    await mine.locator('[data-status=expired]').waitFor();
    await theirs.locator('[data-available="3"]').waitFor();
    expect(await hold.getByRole('button').count()).toBe(0);
    await Promise.all([mine.close(), theirs.close()]);
  });

  it('confirms, extends and cancels holds, and shows them with purchases and orders', async () => {
    const id = await opened.shop.item(10, { name: 'Teapot', returnDays: 14 });
    const page = await ann.tab(`shop/products/${id}`);
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    const hold = page.getByRole('article', { name: 'Your hold' });
    await hold.getByRole('button', { name: 'One minute more' }).click();
    await hold
      .locator('time')
      .filter({ hasText: /^1:[3-5]\d|2:00$/ })
      .waitFor();
    await hold.getByRole('button', { name: 'Confirm' }).click();
    await page.locator('[data-status=confirmed]').waitFor();
    await page.getByRole('button', { name: 'Buy' }).click();
    await page.getByRole('log').getByText('Bought: 1').waitFor();
    await page.getByRole('button', { name: 'Order …' }).click();
    for (const label of ['Recipient', 'Phone', 'City', 'District', 'Address', 'Postal code'])
      await page.getByLabel(label, { exact: true }).fill(label === 'Phone' ? '0912345678' : '110');
    await page.getByRole('button', { name: 'Place the order' }).click();
    await page.getByRole('log').getByText('is placed').waitFor();
    await page.locator('[data-available="7"]').waitFor();
    await page.goto(`${opened.gateway.url}/console/#/shop/mine`);
    const purchases = page.getByRole('region', { name: 'Purchases' }).first();
    await purchases.getByRole('button', { name: 'Give back' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Give back' }).click();
    await purchases.getByText('Given back').first().waitFor();
    const orders = page.getByRole('region', { name: 'Orders' }).first();
    await orders.getByRole('button', { name: 'Cancel the order' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
    expect(await orders.getByText('Cancelled').count()).toBe(0);
    await orders.getByRole('button', { name: 'Cancel the order' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
    await orders.getByText('Cancelled').first().waitFor();
    await page.goto(`${opened.gateway.url}/console/#/shop/products/${id}`);
    await page.locator('[data-available="9"]').waitFor();
    await page.close();
  });

  it('holds a place of a slot, whose free places change as others hold them', async () => {
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const endsAt = new Date(Date.now() + 7_200_000).toISOString();
    await opened.staff.slots.open({ title: 'Tour', capacity: 2, startsAt, endsAt });
    const day = startsAt.slice(0, 10);
    const [mine, theirs] = [await ann.tab(`shop/slots?day=${day}`), await bob.tab(`shop/slots?day=${day}`)];
    await mine.getByRole('button', { name: /Hold a place.*Tour/ }).click();
    await theirs.getByText('1 of 2 places free').waitFor();
    await theirs.getByRole('button', { name: /Hold a place.*Tour/ }).click();
    await mine.getByText('Full').waitFor();
    expect(await mine.getByRole('button', { name: /Hold a place.*Tour/ }).isDisabled()).toBe(true);
    await mine.getByRole('button', { name: 'Cancel the hold' }).click();
    await mine.getByRole('dialog').getByRole('button', { name: 'Cancel the hold' }).click();
    await theirs.getByText('1 of 2 places free').waitFor();
    await Promise.all([mine.close(), theirs.close()]);
  });
}
