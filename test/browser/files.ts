import type { OpenedConsole } from './open-console.ts';

export function filesOfTheConsole(console: () => OpenedConsole): void {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${console().shop.system.queryApi.url}${path}`, { headers, redirect: 'manual' });

  it('are one page that may run only its own script, and is asked for again each time', async () => {
    const page = await get('/console/');
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect((await get('/console')).headers.get('location')).toBe('/console/');
  });

  it('are kept by browsers for good if their names change with their content, and come compressed', async () => {
    const [asset = ''] = /\/console\/assets\/[^"]+\.js/.exec(await (await get('/console/')).text()) ?? [];
    const answer = await get(asset, { 'accept-encoding': 'br' });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect((await answer.text()).length).toBeGreaterThan(10_000);
  });

  it('are all that is served of the folder', async () => {
    for (const path of ['/console/assets/none.js', '/console/..%2fquery-api/main.js', '/console/assets/']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });
}
