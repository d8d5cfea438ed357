import { Command } from 'commander';
import { itemStock, stockStream } from '#domain';
import { syncRedis, type Synced } from '#projections';
import { availabilityProjection, ItemQueries } from '#read-models';
import { CommandFailed, isJson, print, table } from '../output.ts';
import { withInstallation } from './with-installation.ts';

export function stockCommand(): Command {
  const stock = new Command('stock').description('manage live stock in Redis');
  stock
    .command('sync')
    .description('correct the live values in Redis from PostgreSQL, and list those that differed')
    .argument('[itemId]', 'only this item, by id or number')
    .action(sync);
  return stock;
}

async function sync(itemId: string | undefined, _options: unknown, command: Command): Promise<void> {
  await withInstallation(async ({ pool, redis }) => {
    const item = itemId === undefined ? undefined : await new ItemQueries(pool).find(itemId);
    if (itemId !== undefined && item === undefined) throw new CommandFailed(`there is no item ${itemId}`);
    const only = item && stockStream(itemStock(item.id));
    const synced = await syncRedis(pool, redis, availabilityProjection, (key) => only === undefined || key === only);
    const text = synced.length === 0 ? 'Redis matches PostgreSQL.' : table(synced.map(shownSync));
    print(isJson(command), synced, text);
  });
}

function shownSync({ key, was, is }: Synced): Record<string, unknown> {
  return { stock: key, was: was?.['available'] ?? 'missing', is: is['available'] };
}
