import { Command } from 'commander';
import { configCommand } from './commands/config.ts';
import { migrateCommand } from './commands/migrate.ts';
import { projectionsCommand } from './commands/projections.ts';
import { stockCommand } from './commands/stock.ts';
import { usersCommand } from './commands/users.ts';

/** Every command of the CLI. Exit codes: 0 done, 1 not done, 2 asked wrongly. */
export function holdfast(): Command {
  const program = new Command('holdfast')
    .description('Operates an installation of Holdfast')
    .option('--json', 'print JSON instead of text')
    .exitOverride();
  for (const command of [configCommand(), migrateCommand(), usersCommand(), projectionsCommand(), stockCommand()])
    program.addCommand(command);
  for (const command of withDescendants(program)) command.exitOverride().showHelpAfterError();
  return program;
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => withDescendants(child))];
}
