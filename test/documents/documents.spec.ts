import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

function run(...args: readonly string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stderr };
}

describe('what the documents say', () => {
  it('of the API is what the services declare', () => {
    expect(run('scripts/openapi.js', '--check')).toEqual({ status: 0, stderr: '' });
  });

  it('of the settings is what the code reads', () => {
    expect(run('--conditions=source', 'scripts/readme-settings.ts', '--check')).toEqual({ status: 0, stderr: '' });
  });

  it('of every operation includes how it refuses, in the one envelope', async () => {
    const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as {
      paths: Record<string, Record<string, { summary?: string; responses: Record<string, { content?: object }> }>>;
    };
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { summary, responses }] of Object.entries(operations)) {
        const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
        const told = { summary: summary !== undefined, refusals: refusals.map(([status]) => status) };
        expect([method, path, told]).toEqual([
          method,
          path,
          { summary: true, refusals: expect.arrayContaining(['500', '503']) },
        ]);
        expect(JSON.stringify(refusals.map(([, { content }]) => content)).match(/ErrorEnvelope/g)).toHaveLength(
          refusals.length,
        );
      }
    }
  });
});
