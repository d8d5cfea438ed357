import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { Command } from 'commander';
import { catalogCommand } from './commands/catalog.ts';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { logsCommand } from './commands/logs.ts';
import { migrateCommand } from './commands/migrate.ts';
import { projectionsCommand } from './commands/projections.ts';
import { statusCommand } from './commands/status.ts';
import { stockCommand } from './commands/stock.ts';
import { usersCommand } from './commands/users.ts';

/** All CLI commands. Exit codes: 0 success, 1 failure, 2 usage error. */
export function holdfast(): Command {
  const program = new Command('holdfast')
    .description('Operates an installation of Holdfast')
    .version(version(), '--version', 'print the version of Holdfast')
    .option('--json', 'print JSON instead of text')
    .exitOverride();
  const commands = [
    configCommand(),
    statusCommand(),
    doctorCommand(),
    logsCommand(),
    migrateCommand(),
    usersCommand(),
    projectionsCommand(),
    stockCommand(),
    catalogCommand(),
  ];
  for (const command of commands) program.addCommand(command);
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
