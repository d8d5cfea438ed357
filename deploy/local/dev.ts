import { allSettled } from './all-settled.ts';
import { Compiler } from './compiler.ts';
import { runLocal } from './run-local.ts';
import { say } from './terminal.ts';

const compiler = new Compiler();

process.exit(
  await runLocal(process.argv.slice(2), {
    build: (context) => compiler.start(context),
    whenUp: (services) => {
      say('Services restart when their sources change.');
      compiler.onCompiled = (changed) => {
        const restarting = Object.values(services).filter(({ name }) => changed.some((path) => concerns(path, name)));
        allSettled(restarting.map((service) => service.restart())).then(
          () => say(restarting.map(({ name }) => `${name} restarted.`).join(' ')),
          (error: unknown) => say(String(error)),
        );
      };
    },
  }),
);

/** A service runs its own folder of apps/ and all of libs/. */
function concerns(path: string, name: string): boolean {
  return path.startsWith('libs/') || path.startsWith(`apps/${name}/`);
}
