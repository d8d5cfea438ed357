import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, startSystem, until, type RunningSystem } from '#dev/testing';
import { itemStock, stockStream } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { connectEventStore } from '#event-store/connect';

const email = 'staff@example.com';
const password = 'correct horse battery';

describe('holdfast catalog', () => {
  let system: RunningSystem;
  let store: EventStore;
  let folder: string;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0' });
    const args = ['users', 'create', '--email', email, '--name', 's', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    folder = await mkdtemp(join(tmpdir(), 'holdfast-catalog-'));
  });

  afterAll(async () => {
    await store.close();
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function file(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  function importFile(path: string, ...more: readonly string[]) {
    const access = ['--url', system.commandApi.url, '--email', email, '--password-stdin'];
    return system.cli(['catalog', 'import', path, ...access, ...more], password);
  }

  async function eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
    return store.readStream(stream, { limit: 100 });
  }

  async function eventsByStream(): Promise<ReadonlyMap<string, readonly RecordedEvent[]>> {
    const events: RecordedEvent[] = [];
    for (let page = await store.readAll(undefined, 1000); ; page = await store.readAll(page.end, 1000)) {
      events.push(...page.events);
      if (!page.isFull) return Map.groupBy(events, ({ stream }) => stream);
    }
  }

  it('imports a file once, and changes nothing the second time', async () => {
    const path = await file('once.csv', 'id,name,price,stock,tags\nlamp,燈,100,5,a|b\nchair,Chair,200,0,\n');
    expect(await importFile(path)).toMatchObject({
      exitCode: 0,
      stdout: 'Created 2, changed 0, unchanged 0, failed 0.\n',
    });
    expect(await importFile(path)).toMatchObject({ stdout: 'Created 0, changed 0, unchanged 2, failed 0.\n' });
    expect((await eventsOf('catalog-lamp')).map(({ data }) => data)).toMatchObject([{ name: '燈', tags: ['a', 'b'] }]);
    expect(await eventsOf(stockStream(itemStock('lamp')))).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['once.csv']);
  });

  it('names each bad line, and imports the others; a dry run imports none', async () => {
    const text = ['{"id":"good","name":"x","price":1}', '{"name":"y"}', 'nonsense', '{"name":"z","price":-1}'].join(
      '\n',
    );
    const path = await file('bad.ndjson', text);
    for (const [more, said] of [
      [['--dry-run'], 'Checked: 1 lines are good, 3 are not. Nothing was changed.\n'],
      [[], 'Created 1, changed 0, unchanged 0, failed 3.\n'],
    ] as const) {
      const imported = await importFile(path, ...more);
      expect(imported).toMatchObject({ exitCode: 1, stdout: said });
      expect(imported.stderr).toContain('line 2: price');
      expect(imported.stderr).toContain('line 3: is not JSON');
      expect(imported.stderr).toContain('line 4: price');
      expect(await eventsOf('catalog-good')).toHaveLength(more.length === 1 ? 0 : 1);
    }
  });

  it('reads standard input with a token, and rejects what it cannot read', async () => {
    const { token } = (await call(`${system.commandApi.url}/auth/login`, { body: { email, password } })).body;
    system.env['HOLDFAST_TOKEN'] = token as string;
    const args = ['catalog', 'import', '-', '--url', system.commandApi.url];
    const imported = await system.cli([...args, '--format', 'csv'], 'name,price\nPiped,1\n');
    expect(imported).toMatchObject({ exitCode: 0, stdout: 'Created 1, changed 0, unchanged 0, failed 0.\n' });
    expect(await system.cli(args, 'x')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--format') });
    const unknown = await system.cli([...args, '--format', 'csv'], 'name,colour\n');
    expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('unknown columns: colour') });
    delete system.env['HOLDFAST_TOKEN'];
  });

  it.each(['csv', 'ndjson'])('exports what import reads, and finds unchanged: %s', async (format) => {
    const specifications = { 重量: '250g' };
    const product = {
      id: `exported-${format}`,
      name: '耳機 "1"',
      price: 5,
      sku: format,
      tags: ['a|b', 'c'],
      specifications,
    };
    const path = await file(`export.${format}.ndjson`, JSON.stringify(product));
    expect(await importFile(path)).toMatchObject({ exitCode: 0 });
    await until(async () => (await call(`${system.queryApi.url}/products/exported-${format}`)).status === 200);
    const exported = await system.cli(['catalog', 'export', '--format', format, '--url', system.queryApi.url]);
    expect(exported).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`exported-${format}`) });
    const again = await importFile(await file(`again.${format}`, exported.stdout), '--format', format);
    expect(again).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Created 0, changed 0, unchanged \d+, /),
    });
  });

  it('goes on after command-api was killed in the middle, and leaves each product once with the right stock', async () => {
    const ids = Array.from({ length: 800 }, (_, n) => `killed-${n}`);
    const rows = ids.map((id, n) => `${id},Product ${n},${n},SKU-${n},${n % 10}`);
    const path = await file('killed.csv', `id,name,price,sku,stock\n${rows.join('\n')}\n`);
    const importing = importFile(path, '--retry-seconds', '2');
    const isOver = importing.then(() => true);
    const isThere = async (): Promise<boolean> => (await eventsOf('catalog-killed-150')).length > 0;
    while (!(await Promise.race([isOver, isThere()]))) await new Promise(setImmediate);
    system.commandApi.child.kill();
    expect(await importing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--resume') });
    const before = await eventsByStream();
    expect(ids.filter((id) => before.has(`catalog-${id}`)).length).toBeLessThan(ids.length);
    Object.assign(system.commandApi, await system.start('command-api'));
    const resumed = await importFile(path, '--resume');
    expect([resumed.exitCode, resumed.stderr]).toEqual([0, expect.not.stringMatching(/^line/m)]);
    const after = await eventsByStream();
    for (const [n, id] of ids.entries()) {
      expect(after.get(`catalog-${id}`)?.map(({ type }) => type)).toEqual(['ItemCreated']);
      const adjusted = after.get(stockStream(itemStock(id)))?.map(({ data }) => data) ?? [];
      expect(adjusted).toMatchObject(n % 10 === 0 ? [] : [{ delta: n % 10, balance: { total: n % 10 } }]);
    }
    expect(await importFile(path, '--resume')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('nothing to resume'),
    });
  });
});
