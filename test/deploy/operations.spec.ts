import { eventStoreMigrations } from '#event-store/postgres';
import { securityEvents } from '#people';
import { databaseMigrations } from '../../apps/cli/migrations.ts';
import { readText } from './code.ts';
import { madeByTheUser, readCompose } from './compose/read-compose.ts';

const page = readText('docs/operations.md');
const compose = readCompose();
const migrations = [...databaseMigrations, ...eventStoreMigrations];

function matches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))].toSorted();
}

describe('docs/operations.md', () => {
  it('makes every secret that docker-compose.yml wants, and no other', () => {
    const wanted = matches(readText('docker-compose.yml'), /\$\{(\w+):\?/g);
    expect(matches(page, /^ {2}"(\w+)=\$\(openssl /gm)).toEqual(wanted);
    expect(Object.keys(madeByTheUser()).toSorted()).toEqual(wanted);
  });

  it('says of every table and sequence that the migrations make what it is, and of no other', () => {
    // Those of other kinds of numbers are told of together.
    const made = migrations
      .flatMap(({ sql }) => matches(sql, /create (?:table|sequence) (\w+)/g))
      .filter((name) => name === 'numbers_item' || !name.startsWith('numbers_'));
    const rows =
      page
        .split('## Tables in PostgreSQL')[1]
        ?.split('\n## ')[0]
        ?.match(/^\| `.*?\|/gm) ?? [];
    const told = matches(rows.join(''), /`(\w+)`/g).filter((name) => name !== 'migrations');
    expect(told).toEqual(made.toSorted());
  });

  it('names every role that there is, and no other', () => {
    const made = matches(readText('deploy/postgres/roles.sql'), /'(holdfast_\w+)'/g);
    expect(matches(page, /^\| `(holdfast_\w+)` +\| [^|]+\| [^|]+\|$/gm).filter((name) => made.includes(name))).toEqual(
      made,
    );
  });

  it('names only metrics that there are', () => {
    const sources = [
      'libs/commands/metrics.ts',
      'libs/projections/run/metrics.ts',
      'libs/http/service/requests.ts',
      'libs/people/metrics.ts',
      'libs/people/issuers/metrics.ts',
      'libs/http/guard/metrics.ts',
      'libs/processes/metrics.ts',
      'libs/webhooks/metrics.ts',
      'apps/query-api/edge/live/metrics.ts',
    ];
    const known = sources.flatMap((path) => matches(readText(path), /name: '(holdfast_\w+)'/g));
    const roles = matches(readText('deploy/postgres/roles.sql'), /'(holdfast_\w+)'/g);
    known.push(...roles);
    expect(matches(page, /`(holdfast_\w+)`/g).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('lists every event of the security log, and no other', () => {
    const section = page.split('## Security log')[1]?.split('\n## ')[0] ?? '';
    expect(matches(section, /^\| `([\w.]+)`/gm)).toEqual(Object.keys(securityEvents).toSorted());
  });

  it('names only services that there are, and the ports they have', () => {
    const names = matches(page, /docker compose (?:run --rm|exec|stop)(?: --no-TTY)? ([\w-]+)/g);
    expect(names.filter((name) => !(name in compose.services))).toEqual([]);
    for (const [, name = '', port] of page.matchAll(/(command-api|query-api|projector) (80\d\d)/g)) {
      expect(String(compose.services[name]?.environment?.['HOLDFAST_PORT'])).toBe(port);
    }
  });
});
