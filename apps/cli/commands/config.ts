import { Command } from 'commander';
import { configTable, readConfig, showConfig } from '#platform';
import { localStack } from '../inspect/local-stack.ts';
import { heading, isJson, print } from '../output.ts';

export function configCommand(): Command {
  return new Command('config')
    .description('show the configuration in effect, with secrets hidden')
    .option('--table', 'list all settings as the Markdown table of docs/settings.md')
    .action((options: { table?: true }, command: Command) => {
      if (options.table === true) {
        console.log(configTable());
        return;
      }
      const shown = { ...showConfig(readConfig(process.env)), ...portsOfLocalStack() };
      const lines = Object.entries(shown).map(([variable, value]) => `${heading(variable)}=${value}`);
      print(isJson(command), shown, lines.join('\n'));
    });
}

/** There, each process has a port of its own. */
function portsOfLocalStack(): Record<string, string> {
  const stack = localStack();
  if (stack === undefined) return {};
  const ports = Object.entries(stack.services).map(([name, address]) => `${name} ${new URL(address).port}`);
  return { HOLDFAST_PORT: ports.join(', ') };
}
