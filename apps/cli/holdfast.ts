import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { Command } from 'commander';

/** Each is loaded only when it is asked for, so that it starts quickly. */
const commands = {
  config: async () => (await import('./commands/config.ts')).configCommand(),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  logs: async () => (await import('./commands/logs.ts')).logsCommand(),
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  users: async () => (await import('./commands/users.ts')).usersCommand(),
  projections: async () => (await import('./commands/projections.ts')).projectionsCommand(),
  stock: async () => (await import('./commands/stock.ts')).stockCommand(),
  catalog: async () => (await import('./commands/catalog.ts')).catalogCommand(),
};

/** The CLI command that comes first in the arguments, or all. Exit codes: 0 success, 1 failure, 2 usage error. */
export async function holdfast([first = '']: readonly string[]): Promise<Command> {
  const program = new Command('holdfast')
    .description('Operates an installation of Holdfast')
    .version(version(), '--version', 'print the version of Holdfast')
    .option('--json', 'print JSON instead of text')
    .exitOverride();
  const asked = Object.entries(commands).filter(([name]) => name === first);
  for (const [, load] of asked.length === 0 ? Object.entries(commands) : asked) program.addCommand(await load());
  for (const command of withDescendants(program)) command.exitOverride().showHelpAfterError();
  return program;
}

function version(): string {
  const file = findPackageJSON('..', import.meta.url);
  if (file === undefined) throw new Error('package.json is missing');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => withDescendants(child))];
}
