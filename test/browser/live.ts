import type { OpenedConsole } from './open-console.ts';

export function pagesThatFollowAStock(console: () => OpenedConsole): void {
  let opened: OpenedConsole;

  beforeAll(() => {
    opened = console();
  });

  it('says that it is not live while the server is gone, and goes on with what happened meanwhile', async () => {
    const { shop } = opened;
    const id = await shop.item(10, { name: 'Radio' });
    const page = await (await opened.person()).tab(`shop/products/${id}`);
    await page.locator('[data-available="10"]').waitFor();
    const { queryApi } = shop.system;
    queryApi.child.kill();
    await queryApi.child.exited;
    await page.getByText('Reconnecting').waitFor();
    await opened.staff.items.purchase(id, { quantity: 3 });
    await shop.system.start('query-api', { HOLDFAST_PORT: new URL(queryApi.url).port });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('[data-available="7"]').waitFor();
    await opened.staff.items.purchase(id, { quantity: 1 });
    await page.locator('[data-available="6"]').waitFor();
    expect(await page.getByText('Reconnecting').count()).toBe(0);
  });

  it('has one stream, however many pages it has shown', async () => {
    const [first, second] = [await opened.shop.item(1), await opened.shop.item(2)];
    const page = await (await opened.person()).tab(`shop/products/${first}`);
    const open = new Set<string>();
    page.on('request', (request) => {
      if (request.headers()['accept'] === 'text/event-stream') open.add(request.url());
    });
    page.on('requestfailed', (request) => open.delete(request.url()));
    page.on('requestfinished', (request) => open.delete(request.url()));
    await page.locator('[data-available="1"]').waitFor();
    for (const place of ['shop/slots', `shop/products/${second}`, 'shop/products', `shop/products/${second}`]) {
      await page.goto(`${opened.gateway.url}/console/#/${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    await page.locator('[data-available="2"]').waitFor();
    expect([...open].map((url) => new URL(url).pathname)).toEqual([`/api/v1/stock/${second}`]);
  });
}
