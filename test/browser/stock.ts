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

  it('renews a lend, takes back a damaged unit and then the rest', async () => {
    const id = await opened.shop.item(0, { name: 'Ladder' });
    const { inventory_id: shed } = await opened.staff.inventories.open({
      name: 'Shed',
      defaultLendSeconds: 3600,
      renewalsMax: 2,
    });
    await opened.staff.provides.create({ item_id: id, qty: 3, inventory_id: shed });
    const lend = await opened.staff.lends.create({ item_id: id, qty: 3, from_inventory_id: shed });
    const page = await staff.tab(`stock/lends?inventory=${shed}`);
    await page.getByRole('button', { name: `Renew ${lend.lend_id}` }).click();
    await page.getByRole('log').getByText(`Lend ${lend.lend_id} is renewed until`).waitFor();
    await page.locator(`a[href$="#/stock/lends/${lend.lend_id}"]`).click();
    const part = page.getByRole('region', { name: 'Return a part, or damaged or lost units' });
    await part.getByLabel('Units').fill('1');
    await part.getByLabel('Condition').selectOption('damaged');
    await part.getByRole('button', { name: 'Return these' }).click();
    await page.getByRole('dialog').getByText('1 are back damaged, and leave the stock').waitFor();
    await confirm(page, 'Return');
    await part.getByLabel('Units').and(page.locator('[max="2"]')).waitFor();
    await page.getByRole('button', { name: `Return ${lend.lend_id}` }).click();
    await confirm(page, 'Return');
    await page.getByText('Returned', { exact: true }).waitFor();
    expect(await opened.staff.stock.get(id, { inventory_id: shed })).toMatchObject({ stock: 2 });
    await page.close();
  });

  it('withdraws what was accepted of a request, and cancels the request', async () => {
    const made = await opened.staff.requests.make({ type: 'Humanpower', qty: 5, title: 'Street fair' });
    const { accepter } = await opened.staff.requests.accept({ request_id: made.request_id, qty: 2 });
    const page = await staff.tab('stock/requests');
    await page.getByRole('link', { name: 'Street fair' }).click();
    await page.getByText('2 of 5').waitFor();
    await page.getByRole('button', { name: `Withdraw ${accepter.id}` }).click();
    await confirm(page, 'Withdraw');
    await page.getByText('Nobody has accepted it yet.').waitFor();
    await page.getByRole('button', { name: 'Cancel the request' }).click();
    await confirm(page, 'Cancel the request');
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(await opened.staff.requests.get(made.request_id)).toMatchObject({ status: 'Cancelled', current_qty: 0 });
    await page.close();
  });
}
