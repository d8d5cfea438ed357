import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { EventStoreDbStore } from '#event-store/esdb';

describe('the wire double as a process of its own', () => {
  it('says where it listens, serves, and ends when it is told to', async () => {
    const main = new URL('main.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--conditions=source', main, '--port', '0'], { stdio: 'pipe' });
    const [greeting] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const url = /esdb:\S+/.exec(greeting)?.[0] ?? '';
    const store = await EventStoreDbStore.connect(url);
    expect(await store.head()).toBeUndefined();
    await store.close();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
