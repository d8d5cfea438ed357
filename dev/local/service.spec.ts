import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#dev/servers';
import { Service } from './service.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-service-'));
const ready = `
  require('node:http').createServer((request, response) => response.end()).listen(Number(process.env.HOLDFAST_PORT));
`;
let service: Service;
let reports: string[];

beforeEach(() => (reports = []));
afterEach(async () => service.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function serviceOf(script: string, givenUp = (): void => {}): Promise<Service> {
  const port = await freePort();
  return new Service({
    name: 'clock',
    app: 'clock',
    url: `http://127.0.0.1:${port}`,
    command: [process.execPath, '--eval', script],
    cwd: folder,
    env: { HOLDFAST_PORT: String(port) },
    logFile: join(folder, `clock-${port}.log`),
    stopTimeoutMs: 5_000,
    restartDelayMs: 1,
    report: (line) => reports.push(line),
    givenUp,
  });
}

describe('a service', () => {
  it('is started again when it dies, and its last words are told', async () => {
    service = await serviceOf(`console.log('tick');${ready}`);
    await service.start();
    const restarted = new Promise<void>((resolve) => (service.onRestarted = resolve));
    process.kill(service.pid ?? 0, 'SIGKILL');
    await restarted;
    expect(reports).toEqual(['clock exited unexpectedly (SIGKILL). Its last lines:\ntick', 'clock is running again.']);
  });

  it('is given up when it dies again and again', async () => {
    const state = JSON.stringify(join(folder, 'died-once'));
    const dyingAfterwards = `
      if (require('node:fs').existsSync(${state})) process.exit(9);
      require('node:fs').writeFileSync(${state}, '');${ready}
    `;
    let givenUp: () => void = () => {};
    const surrender = new Promise<void>((resolve) => (givenUp = resolve));
    service = await serviceOf(dyingAfterwards, () => givenUp());
    await service.start();
    process.kill(service.pid ?? 0, 'SIGKILL');
    await surrender;
    expect(reports.filter((line) => line.startsWith('clock exited unexpectedly')).length).toBe(6);
  });

  it('that does not start is an error with its last lines', async () => {
    service = await serviceOf(`console.error('no such table'); process.exit(1)`);
    await expect(service.start()).rejects.toThrow(/clock exited at startup \(exit code 1\)[^]*no such table/);
  });
});
