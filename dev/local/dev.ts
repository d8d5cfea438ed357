import { Compiler } from './compiler.ts';
import { Restarter } from './restarter.ts';
import { runLocal } from './run-local.ts';
import { say } from './terminal.ts';
import { watchConsole } from './watch-console.ts';

const compiler = new Compiler();
const restarter = new Restarter();

process.exit(
  await runLocal(process.argv.slice(2), {
    build: async (context) => {
      await compiler.start(context);
      await watchConsole(context);
    },
    whenUp: (services) => {
      compiler.onCompiled = (changed) =>
        restarter.ask(Object.values(services).filter(({ app }) => changed.some((path) => concerns(path, app))));
      say('Services restart when their sources change.');
    },
  }),
);

/** A service depends on its own folder of apps/ and all of libs/. */
function concerns(path: string, app: string): boolean {
  return path.startsWith('libs/') || path.startsWith(`apps/${app}/`);
}
