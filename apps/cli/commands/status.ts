import { Command } from 'commander';
import { serviceStates, type ServiceState } from '../inspect/services.ts';
import { isJson, print, table } from '../output.ts';
import { projectionStatus, type ProjectionStatus } from './projection-status.ts';
import { servicesOption } from './services-option.ts';
import { withInstallation } from './with-installation.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('show the services with their addresses, and how far queries lag; exits with 1 if one is not ready')
    .addOption(servicesOption())
    .action(status);
}

async function status({ services: given }: { services?: readonly string[] }, command: Command): Promise<void> {
  const services = await serviceStates(given);
  const projections = await withInstallation(projectionStatus);
  const text = [table(services.map(shownService)), '', ...lagOf(projections)].join('\n');
  print(isJson(command), { services, projections }, text);
  if (services.some(({ state }) => state !== 'ready')) process.exitCode = 1;
}

function shownService({ service, address, state, degraded }: ServiceState): Record<string, string> {
  return { service, address, state: degraded.length === 0 ? state : `${state}, without ${degraded.join(', ')}` };
}

function lagOf(projections: readonly ProjectionStatus[]): string[] {
  const behind = projections.filter(
    ({ caughtUp, parkedStreams, error }) => !caughtUp || parkedStreams > 0 || error !== null,
  );
  if (behind.length === 0) return ['Queries show everything that was recorded.'];
  return behind.map(({ name, store, lagEvents, lagSeconds, parkedStreams: parked, error }) => {
    const lag = `${name} in ${store} lags ${lagEvents ?? '?'} events (${lagSeconds?.toFixed(1) ?? '?'} s)`;
    return [lag, ...(parked > 0 ? [`${parked} parked streams`] : []), ...(error === null ? [] : [error])].join('; ');
  });
}
