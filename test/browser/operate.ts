import type { Page } from 'playwright-core';
import { createPool, transaction } from '#platform';
import { viewOf } from '#projections';
import { itemsProjection } from '#read-models';
import { picture, type OpenedConsole } from './open-console.ts';

export function operationsOfTheConsole(console: () => OpenedConsole): void {
  let opened: OpenedConsole;
  let page: Page;

  beforeAll(async () => {
    opened = console();
    page = await (await opened.signedIn('staff@example.com')).tab('operate');
  });

  const go = (place: string) => page.goto(`${opened.gateway.url}/console/#/${place}`);
  const agree = (action: string) => page.getByRole('dialog').getByRole('button', { name: action }).click();

  /** A rebuild has replayed all events, and waits to make the indexes of its table, until the work is done. */
  async function whileIndexesWait(table: string, work: () => Promise<void>): Promise<void> {
    const pool = createPool({ url: opened.shop.system.env['DATABASE_URL'] ?? '', connectionsMax: 1, name: 'test' });
    await transaction(pool, async (client) => {
      await client.query('select pg_advisory_xact_lock(704602, hashtext($1))', [table]);
      await work();
    });
    await pool.end();
  }

  it('verifies and rebuilds a projection whose progress is seen, shows what came of it, and cancels', async () => {
    await opened.shop.item(3, { name: 'Lantern' });
    await go('operate/projections');
    await page.getByRole('button', { name: 'Verify items', exact: true }).click();
    await agree('Verify');
    const verified = page.getByRole('listitem').filter({ hasText: 'Verification of items' });
    await verified.getByText(/Matches: \d+ rows/).waitFor();
    expect(await verified.getByRole('table').count()).toBe(0);
    const rebuilt = page.getByRole('listitem').filter({ hasText: 'Rebuild of items' });
    await whileIndexesWait(`${viewOf(itemsProjection)}_g2`, async () => {
      await page.getByRole('button', { name: 'Rebuild items', exact: true }).click();
      await agree('Rebuild');
      await rebuilt.getByRole('progressbar').waitFor();
      await page.getByText('100%').first().waitFor();
    });
    await rebuilt.getByText(/generation 2 is live/).waitFor();
    await picture(page, `projections-${opened.kind}`);
    await whileIndexesWait(`${viewOf(itemsProjection)}_g3`, async () => {
      await page.getByRole('button', { name: 'Rebuild items', exact: true }).click();
      await agree('Rebuild');
      await rebuilt.getByRole('button', { name: 'Cancel the rebuild' }).click();
      await agree('Cancel the rebuild');
      await rebuilt.getByText('The live table was not changed').waitFor();
    });
  });

  it('creates a webhook, whose secret is shown once, and deletes it when that is confirmed', async () => {
    await go('operate/webhooks');
    await page.getByLabel('URL').fill('https://localhost/hooks');
    await page.getByRole('button', { name: 'Create a webhook' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: 'https://localhost/hooks' }).click();
    await page.getByRole('button', { name: 'Disable' }).click();
    await agree('Disable');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Enabled', { exact: true }).waitFor();
    expect(await page.getByText(/^whsec_/).count()).toBe(0);
    await page.getByRole('button', { name: 'Delete' }).click();
    await agree('Delete');
    await page.getByText('There is no webhook.').waitFor();
  });
}
