import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#dev/testing';
import { Closing } from './closing.ts';
import { Compiler } from './compiler.ts';
import { optionsOf } from './options.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-compiler-'));
const closing = new Closing();
const reports: string[] = [];
const rounds: (readonly string[])[] = [];

/** A stand-in that prints what it is told, because the real compiler sees changes only after seconds. */
const tsc = `
  const { existsSync, readFileSync, rmSync } = require('node:fs');
  setInterval(() => {
    if (!existsSync('say')) return;
    process.stdout.write(readFileSync('say'));
    rmSync('say');
  }, 10);
`;

function compiled(said: string, changed?: string): void {
  if (changed !== undefined) writeFileSync(join(root, 'libs', changed), '');
  writeFileSync(join(root, 'saying'), `${said} Watching for file changes.\n`);
  renameSync(join(root, 'saying'), join(root, 'say'));
}

beforeAll(() => {
  mkdirSync(join(root, 'libs'));
  mkdirSync(join(root, 'node_modules', 'rolldown', 'bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules', 'rolldown', 'bin', 'cli.mjs'), '');
  mkdirSync(join(root, 'node_modules', 'typescript7', 'bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules', 'typescript7', 'bin', 'tsc'), tsc);
});
afterAll(async () => {
  await closing.stop((problem) => reports.push(problem));
  rmSync(root, { recursive: true, force: true });
});

describe('the compiler of npm run dev', () => {
  it('tells whether old code is running', async () => {
    const options = optionsOf(['--state', join(root, '.holdfast')], {});
    if (options === undefined) throw new Error('no options');
    const compiler = new Compiler((line) => reports.push(line));
    compiler.onCompiled = (changed) => rounds.push(changed);
    compiled('Found 1 error.');
    const started = compiler.start({ root, options, signal: new AbortController().signal, closing, fail: () => {} });
    await until(() => reports.length === 2);
    expect(reports.splice(0)[1]).toBe('The sources do not compile; the services start when they do.');
    compiled('Found 0 errors.', 'one.ts');
    await started;

    compiled('error TS2322\nFound 2 errors.');
    await until(() => reports.length === 2);
    const [errors, verdict] = reports.splice(0);
    expect(errors).toContain('TS2322');
    expect(verdict).toMatch(/go on running the OLD code, compiled at \d\d:\d\d:\d\d\.$/);

    compiled('Found 0 errors.');
    await until(() => reports.length === 1);
    expect([reports.splice(0), rounds]).toEqual([['The sources compile again, to what the services are running.'], []]);

    compiled('Found 0 errors.', 'two.ts');
    await until(() => rounds.length === 1);
    expect([rounds, reports]).toEqual([[['libs/two.ts']], []]);
  });
});
