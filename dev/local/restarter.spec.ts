import { until } from '#dev/testing';
import { Restarter } from './restarter.ts';
import type { Service } from './service.ts';

const starting = { name: 'query-api', restart: async () => {} };
const broken = {
  name: 'command-api',
  restart: async () => Promise.reject(new Error('command-api exited at startup: no such module')),
};

describe('the restarts of npm run dev', () => {
  it('tell what runs the new code, and what runs no more', async () => {
    const reports: string[] = [];
    new Restarter((line) => reports.push(line)).ask([starting, broken] as readonly unknown[] as readonly Service[]);
    await until(() => reports.length === 3);
    expect(reports).toEqual([
      'command-api exited at startup: no such module',
      'Restarted query-api with the new code.',
      'NOT RUNNING: command-api, which did not start with the new code. Correct it and save.',
    ]);
  });
});
