import { Command } from 'commander';
import { feed, refillFeed } from '#feeds';
import {
  explained,
  failureOf,
  lagOf,
  parkedStreams,
  rebuild,
  replayedShare,
  verify,
  viewOf,
  requestAction,
  type Difference,
  type RebuildProgress,
  type Verified,
} from '#projections';
import { journalProjection, readModelsOf, type ReadModel } from '#read-models';
import { webhooksFeed } from '#webhooks';
import { CommandFailed, isJson, print, table } from '../output.ts';
import { Progress } from '../progress.ts';
import { projectionStatus, shownStatus } from './projection-status.ts';
import { withInstallation } from './with-installation.ts';

const watchEveryMs = 1000;
const cancelled = 130;

/** Everything that parks streams. */
function parkingOf(readModels: readonly ReadModel[]) {
  return [...readModels.map(({ projection }) => projection), feed, webhooksFeed];
}

export function projectionsCommand(): Command {
  const projections = new Command('projections').description('show, rebuild and verify projections');
  projections.command('list').description('list all projections').action(list);
  projections
    .command('status')
    .description('show the position, lag and errors of each projection')
    .option('--watch', 'refresh every second')
    .action(status);
  projections
    .command('rebuild')
    .description(
      'build a new table beside the live one, then switch to it; Ctrl-C cancels, the same command resumes. ' +
        '`feed`, which is not one of --all, is emptied and filled again',
    )
    .argument('[name]')
    .option('--all', 'all projections')
    .action(rebuildChosen);
  projections
    .command('verify')
    .description('replay the events and compare the result row by row; exits with 1 if anything differs')
    .argument('[name]')
    .option('--all', 'all projections')
    .action(verifyChosen);
  projections
    .command('parked')
    .description('list parked streams: those with an event that could not be applied')
    .action(parked);
  for (const action of ['retry', 'skip'] as const) {
    projections
      .command(action)
      .description(
        action === 'retry' ? 'retry the failed event of a parked stream' : 'skip the failed event of a parked stream',
      )
      .argument('<name>')
      .argument('<stream>')
      .action((name: string, stream: string, _options: unknown, command: Command) =>
        requested(action, name, stream, command),
      );
  }
  return projections;
}

function list(_options: unknown, command: Command): void {
  const shown = readModelsOf({ journal: true }).map(({ projection, inRedis }) => ({
    name: projection.name,
    schema: projection.schema,
    table: viewOf(projection),
    redis: inRedis,
  }));
  print(isJson(command), shown, table(shown));
}

async function status({ watch }: { watch?: true }, command: Command): Promise<void> {
  await withInstallation(async (installation) => {
    for (;;) {
      const shown = await projectionStatus(installation);
      print(isJson(command), shown, shownStatus(shown, table));
      if (watch !== true) return;
      await new Promise((resolve) => setTimeout(resolve, watchEveryMs));
    }
  });
}

async function rebuildChosen(name: string | undefined, { all }: { all?: true }, command: Command): Promise<void> {
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  if (name === feed.name) return refill(command);
  await withInstallation(async ({ pool, store, readModels }) => {
    for (const { projection } of chosen(readModels, name, all)) {
      const progress = new Progress(projection.name, 1);
      try {
        const head = await store.head();
        const onProgress = ({ events, checkpoint }: RebuildProgress): void =>
          progress.show({ done: replayedShare(checkpoint, head), count: events, unit: 'events' });
        const generation = await rebuild({ pool, store, projection, signal: cancel.signal, onProgress });
        progress.end();
        print(
          isJson(command),
          { projection: projection.name, generation },
          `${projection.name}: generation ${generation} is live.`,
        );
      } catch (error) {
        progress.end();
        if (cancel.signal.aborted) {
          console.error(`Cancelled; to resume, run: holdfast projections rebuild ${projection.name}`);
          process.exitCode = cancelled;
          return;
        }
        failed(projection)(error);
      }
    }
  });
}

async function refill(command: Command): Promise<void> {
  await withInstallation(async ({ pool, redis }) => {
    await refillFeed(pool, redis);
    print(
      isJson(command),
      { projection: feed.name },
      `${feed.name}: emptied; the projector fills it from the first event.`,
    );
  });
}

async function verifyChosen(name: string | undefined, { all }: { all?: true }, command: Command): Promise<void> {
  await withInstallation(async ({ pool, store, redis, readModels }) => {
    for (const { projection, inRedis } of chosen(readModels, name, all)) {
      const verified = await verify({ pool, store, projection, redis: inRedis ? redis : undefined }).catch(
        failed(projection),
      );
      print(isJson(command), { projection: projection.name, ...verified }, shownVerified(projection, verified));
      if (verified.differences.length > 0 || verified.lagsAt !== undefined) process.exitCode = 1;
    }
  });
}

/** Reports an error of the projection, as opposed to a defect of the CLI command. */
function failed(projection: ReadModel['projection']): (error: unknown) => never {
  return (cause) => {
    const failure = failureOf(cause, projection);
    throw failure === undefined ? explained(cause, projection) : new CommandFailed(failure);
  };
}

function shownVerified(projection: ReadModel['projection'], { differences, rows, lagsAt }: Verified): string {
  const { name } = projection;
  const matches = lagsAt === undefined ? `${name}: ${rows} rows match the events.` : undefined;
  const differ = `${name}: ${differences.length} differences\n${table(differences.map(shownDifference))}`;
  return [differences.length > 0 ? differ : matches, lagsAt === undefined ? undefined : lagOf(projection, lagsAt)]
    .filter((line) => line !== undefined)
    .join('\n');
}

function shownDifference({ where, key, expected, found }: Difference): Record<string, string> {
  return { where, key, expected: JSON.stringify(expected), found: JSON.stringify(found) };
}

async function parked(_options: unknown, command: Command): Promise<void> {
  await withInstallation(async ({ pool, readModels }) => {
    const perProjection = parkingOf(readModels).map(async (projection) =>
      (await parkedStreams(pool, projection)).map((stream) => ({ projection: projection.name, ...stream })),
    );
    const shown = (await Promise.all(perProjection)).flat();
    print(isJson(command), shown, shown.length === 0 ? 'No parked streams.' : table(shown));
  });
}

async function requested(action: 'retry' | 'skip', name: string, stream: string, command: Command): Promise<void> {
  await withInstallation(async ({ pool, readModels }) => {
    const projection = parkingOf(readModels).find((each) => each.name === name);
    if (projection === undefined || !(await requestAction(pool, projection, stream, action))) {
      throw new CommandFailed(
        `${stream} is not parked in ${name}; list parked streams with: holdfast projections parked`,
      );
    }
    print(isJson(command), { projection: name, stream, action }, `The projector will ${action} ${stream} in ${name}.`);
  });
}

function chosen(
  readModels: readonly ReadModel[],
  name: string | undefined,
  all: true | undefined,
): readonly ReadModel[] {
  if (all === true) return readModels;
  const found = readModels.filter(({ projection }) => projection.name === name);
  if (found.length > 0) return found;
  if (name === journalProjection.name) throw new CommandFailed('the journal is off: set HOLDFAST_JOURNAL=true');
  const known = readModels.map(({ projection }) => projection.name).join(', ');
  throw new CommandFailed(
    name === undefined
      ? `name a projection (${known}) or pass --all`
      : `there is no projection ${name}; the projections are: ${known}`,
  );
}
