import { CommanderError } from 'commander';
import { ConfigurationError } from '#platform';
import { holdfast } from './holdfast.ts';
import { CommandFailed } from './output.ts';

const usageError = 2;

try {
  const program = await holdfast(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : usageError;
  else if (error instanceof ConfigurationError || error instanceof CommandFailed) {
    console.error(error.message);
    process.exitCode = error instanceof CommandFailed ? 1 : usageError;
  } else {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exitCode = 1;
  }
}
