import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock, type Release } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isRelease = (result: Awaited<ReturnType<typeof tryLock>>): result is Release => typeof result === 'function';

describe('the lock on a directory', () => {
  it('is held once, and tells by whom', async () => {
    const release = await tryLock(folder, () => 'process 7');
    expect(await tryLock(folder, () => 'process 8')).toEqual({ by: 'process 7' });
    if (isRelease(release)) await release();
  });

  it('can be had again when it was released', async () => {
    const first = await tryLock(folder, () => '');
    if (isRelease(first)) await first();
    const second = await tryLock(folder, () => '');
    expect(isRelease(second)).toBe(true);
    if (isRelease(second)) await second();
  });
});
