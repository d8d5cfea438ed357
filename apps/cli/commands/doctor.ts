import { Command } from 'commander';
import { readConfig } from '#platform';
import { findings, type Finding } from '../inspect/findings.ts';
import { isJson, print } from '../output.ts';
import { servicesOption } from './services-option.ts';

const marks = { ok: '✓', warning: '!', fault: '✗' } as const;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check everything that Holdfast needs, and say what to do; exits with 1 if something is at fault')
    .addOption(servicesOption())
    .action(async ({ services }: { services?: readonly string[] }, command: Command) => {
      const found = await findings(readConfig(process.env), services);
      print(isJson(command), found, found.map(line).join('\n'));
      if (found.some(({ result }) => result === 'fault')) process.exitCode = 1;
    });
}

function line({ about, result, found, advice }: Finding): string {
  return `${marks[result]} ${about}: ${found}${advice === undefined ? '' : `\n    → ${advice}`}`;
}
