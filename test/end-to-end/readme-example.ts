import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, chromiumBinary, run } from '#dev/servers';

const timeoutMs = 60_000;

/** The client as `npm pack` makes it, installed in a folder of its own. */
export interface Installed {
  readonly folder: string;
  /** The files of the package. */
  readonly package: string;
  remove(): Promise<void>;
}

export async function installClient(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-client-'));
  const pack = ['pack', join(process.cwd(), 'packages/client'), '--pack-destination', folder, '--json'];
  const [packed] = JSON.parse(jsonOf(await run('npm', pack, { env: process.env }))) as { filename: string }[];
  const archive = join(folder, packed?.filename ?? '');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const install = ['install', '--offline', '--no-audit', '--no-fund', archive];
  await run('npm', install, { cwd: folder, env: process.env });
  const remove = () => rm(folder, { recursive: true, force: true });
  return { folder, package: join(folder, 'node_modules/holdfast-client'), remove };
}

/** Without what `prepack` says before it. */
function jsonOf(output: string): string {
  return output.slice(output.indexOf('['));
}

/** The examples of the README, for the API at this address. */
export async function examplesFor(url: string): Promise<readonly string[]> {
  const readme = await readFile('packages/client/README.md', 'utf8');
  const blocks = [...readme.matchAll(/```js\n(import [\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.map((block) => block.replaceAll('http://127.0.0.1:8080', url));
}

/** The lines that it prints in Node. */
export async function runInNode(client: Installed, example: string): Promise<readonly string[]> {
  const file = join(client.folder, 'example.js');
  await writeFile(file, example);
  const printed = await run(process.execPath, [file], { cwd: client.folder, env: process.env, timeoutMs });
  return printed.trimEnd().split('\n');
}

/** Checks its types by those of the package; rejects with what the compiler says. */
export async function compileExample(client: Installed, example: string): Promise<void> {
  const file = join(client.folder, 'example.ts');
  await writeFile(file, example);
  const compiler = join(process.cwd(), 'node_modules/typescript7/bin/tsc');
  const settings = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom',
    '--skipLibCheck',
    'false',
  ];
  const args = [compiler, '--noEmit', '--ignoreConfig', ...settings, file];
  await run(process.execPath, args, { cwd: client.folder, env: process.env, timeoutMs });
}

const page = `<!doctype html>
<script type="importmap">{ "imports": { "holdfast-client": "/client/dist/index.js" } }</script>
<script type="module">
const lines = [];
console.log = (line) => lines.push(line);
const tell = (error) => fetch('/told', { method: 'POST', body: JSON.stringify({ lines, error }) });
import('/example.js').then(() => tell(null), (error) => tell(String(error)));
</script>`;

/** The lines that it prints in Chromium, in a page of another origin than the API's. */
export async function runInChromium(client: Installed, example: string): Promise<readonly string[]> {
  const told = Promise.withResolvers<{ lines: readonly string[]; error: string | null }>();
  const server = createServer((request, response) => {
    void (async () => {
      const { url = '' } = request;
      if (url === '/told') {
        const text = Buffer.concat((await request.toArray()) as Buffer[]).toString();
        told.resolve(JSON.parse(text) as Awaited<typeof told.promise>);
        return response.end();
      }
      if (url === '/') return response.setHeader('content-type', 'text/html').end(page);
      response.setHeader('content-type', 'text/javascript');
      if (url === '/example.js') return response.end(example);
      if (!/^\/client\/dist\/[\w/-]+\.js$/.test(url)) return response.writeHead(404).end();
      response.end(await readFile(join(client.package, url.slice('/client/'.length))));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { command, env } = await chromiumBinary();
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-chromium-'));
  // Tests may run as root, and only open what is here.
  const flags = ['--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await Child.start({
    name: 'chromium',
    command,
    args: [...flags, url],
    env,
    logFile: join(profile, 'chromium.log'),
    stopSteps: [{ signal: 'SIGKILL', waitMs: 5_000 }],
  });
  const tooLate = setTimeout(() => told.reject(new Error('Chromium told nothing in time')), timeoutMs);
  void browser.exited.then(() => told.reject(new Error(`Chromium ended: ${browser.lastLines()}`)));
  try {
    const { lines, error } = await told.promise;
    if (error !== null) throw new Error(error);
    return lines;
  } finally {
    clearTimeout(tooLate);
    // With its processes for pages and the like.
    browser.kill();
    await browser.exited;
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}
