import type { Page } from 'playwright-core';
import { picture, type OpenedConsole, type Person } from './open-console.ts';

export function stockOfTheConsole(console: () => OpenedConsole): void {
  let opened: OpenedConsole;
  let staff: Person;

  beforeAll(async () => {
    opened = console();
    staff = await opened.signedIn('staff@example.com');
  });

  const confirm = (page: Page, action: string) =>
    page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
  const undo = (page: Page) => page.getByRole('log').getByRole('button', { name: 'Undo' }).last().click();

  it('finds an item, receives units and corrects them, undoes both, and shows that as history', async () => {
    const id = await opened.shop.item(10, { name: 'Anvil' });
    const page = await staff.tab('stock/items');
    await page.getByLabel('Search').fill('anvil');
    await page.getByRole('link', { name: 'Anvil' }).click();
    await page.locator('[data-available="10"]').waitFor();
    expect(page.url()).toContain(`#/stock/items/${id}`);
    await page.getByLabel('Units received').fill('5');
    await page.getByRole('button', { name: 'Receive' }).click();
    await page.locator('[data-available="15"]').waitFor();
    await undo(page);
    await page.locator('[data-available="10"]').waitFor();
    await page.getByLabel('Units more or less').fill('-3');
    await page.getByLabel('Reason', { exact: true }).fill('broken');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.getByRole('dialog').getByText('10 → 7').waitFor();
    await confirm(page, 'Correct');
    await page.locator('[data-available="7"]').waitFor();
    await undo(page);
    await page.locator('[data-available="10"]').waitFor();
    await page.getByRole('cell', { name: 'Undo of: broken' }).waitFor();
    const rows = page.getByRole('region', { name: 'History' }).getByRole('row');
    expect(await rows.count()).toBe(1 + 5);
    await picture(page, 'stock-item');
    await page.close();
  });

  it('shows the stock as of the first moment of its history beside the present one', async () => {
    const id = await opened.shop.item(4, { name: 'Bell' });
    await opened.staff.stock.provide({ product_id: id, stock: 6 });
    const page = await staff.tab(`stock/items/${id}`);
    const then = page.getByRole('region', { name: 'Stock as of a moment' });
    await then.getByRole('slider').press('Home');
    await then.locator('[data-part=available]').getByText('4', { exact: true }).waitFor();
    await then.locator('[data-part=available]').getByText('10', { exact: true }).waitFor();
    expect(await then.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/\d:\d\d/);
    await page.close();
  });

  it('discontinues an item, which can be restored', async () => {
    const id = await opened.shop.item(1, { name: 'Compass' });
    const page = await staff.tab(`stock/items/${id}`);
    await page.getByRole('button', { name: 'Discontinue' }).click();
    await confirm(page, 'Discontinue');
    await page.getByText('Discontinued', { exact: true }).first().waitFor();
    await page.getByRole('log').getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Discontinue' }).waitFor();
    expect(await opened.staff.products.get(id)).toMatchObject({ discontinued: false });
    await page.close();
  });

  it('takes an order through its path, live', async () => {
    const id = await opened.shop.item(5, { name: 'Drum' });
    const { body } = await opened.shop.order([{ id, quantity: 2 }]);
    const page = await staff.tab('stock/orders');
    await page.getByRole('link', { name: body.orderNumber as string }).click();
    await page.getByRole('button', { name: 'Start processing' }).click();
    await confirm(page, 'Start processing');
    await page.getByLabel('Tracking number').fill('TW1');
    await page.getByRole('button', { name: 'Mark as shipped' }).click();
    await confirm(page, 'Mark as shipped');
    await page.getByRole('spinbutton', { name: 'Units' }).fill('1');
    await page.getByRole('button', { name: 'Give back Drum' }).click();
    await confirm(page, 'Give back');
    await page.getByRole('button', { name: 'Complete' }).click();
    await confirm(page, 'Complete');
    const steps = page.getByRole('region', { name: 'Path' }).locator('li > strong');
    await steps.filter({ hasText: 'Completed' }).waitFor();
    expect(await steps.allInnerTexts()).toContain('Shipped');
    await picture(page, 'stock-order');
    await page.close();
  });

  it('opens a slot, changes it, and undoes the change', async () => {
    const page = await staff.tab('stock/slots?day=2027-03-01');
    const form = page.getByRole('region', { name: 'Open a slot' });
    await form.getByLabel('Title').fill('Workshop');
    await form.getByLabel('Places').fill('8');
    await form.getByLabel('Starts at').fill('2027-03-01T09:00:00');
    await form.getByRole('button', { name: 'Open a slot' }).click();
    await page.getByText('8 of 8 places free').waitFor();
    await page.getByRole('link', { name: 'Workshop' }).click();
    const change = page.getByRole('region', { name: 'Change the slot' });
    await change.getByLabel('Places').fill('9');
    await change.getByRole('button', { name: 'Change the slot' }).click();
    await page.getByText('9 of 9', { exact: true }).waitFor();
    await undo(page);
    await page.getByText('8 of 8', { exact: true }).waitFor();
    const { slots } = await opened.staff.slots.list({ from: '2027-03-01T00:00:00Z' });
    expect(slots.map(({ title, capacity }) => ({ title, capacity }))).toEqual([{ title: 'Workshop', capacity: 8 }]);
    await page.close();
  });
}
