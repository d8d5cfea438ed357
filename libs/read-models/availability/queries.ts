import { storeOf } from '#event-store';
import { stockStream, type StockId } from '#domain';
import { isBefore, type CheckpointWatch, type Version } from '#projections';
import type { Logger, Pool, Redis } from '#platform';
import type { Freshness } from '../freshness.ts';
import { GroupedReads } from '../grouped-reads.ts';
import { availabilityProjection } from './projection.ts';
import { neverStocked, readCopy, readTable, type Availability } from './reads.ts';

export interface AvailabilityOptions {
  readonly pool: Pool;
  readonly redis: Redis;
  /** Knows the checkpoint of the table. */
  readonly watch: Pick<CheckpointWatch, 'heard' | 'reached'>;
  /** Time limit of waiting for a table that is behind what Redis has shown. */
  readonly waitMs: number;
  readonly log: Logger;
}

/** Redis is behind a version that was already shown. */
class CopyBehind extends Error {
  override readonly name = 'CopyBehind';
}

/**
 * The available units of stocks: from Redis, or from the table while Redis is unavailable, empty or behind. What a
 * process shows never goes back to an earlier version.
 */
export class AvailabilityQueries {
  readonly #options: AvailabilityOptions;
  readonly #grouped: GroupedReads<StockId, Availability>;
  /** The newest version that this process has shown. */
  #shown: Version | undefined;

  constructor(options: AvailabilityOptions) {
    this.#options = options;
    this.#grouped = new GroupedReads(stockStream, (stocks) => this.ofMany(stocks));
  }

  /** Read together with what others ask for at the same time, unless it has to be fresh. */
  async of(stock: StockId, { fresh = false }: Freshness = {}): Promise<Availability> {
    if (!fresh) return this.#grouped.read(stock);
    const [found = neverStocked] = await this.#ofTable([stock]);
    return found;
  }

  /** In the order of the stocks; all that Redis knows in one go, and the rest from the table in another. */
  async ofMany(stocks: readonly StockId[], { fresh = false }: Freshness = {}): Promise<Availability[]> {
    const live = fresh ? undefined : await this.#upToDate(stocks);
    if (live === undefined) return this.#ofTable(stocks);
    const missing = stocks.filter((_, index) => live[index] === undefined);
    // What the table shows of these is not to be taken back by a copy that has not come as far.
    const found = (await this.#ofTable(missing)).values();
    return live.map((one) => one ?? found.next().value ?? neverStocked);
  }

  /** Only from Redis, undefined for missing stocks; throws while it is unavailable or behind what was shown. */
  live(stocks: readonly StockId[]): Promise<(Availability | undefined)[]> {
    return this.#live(stocks, () => false);
  }

  /** From the table; from Redis if that has shown more already. */
  async #ofTable(stocks: readonly StockId[]): Promise<Availability[]> {
    if (stocks.length === 0) return [];
    const { pool } = this.#options;
    const floor = this.#shown;
    let read = await readTable(pool, stocks);
    if (isBehind(read.version, floor)) {
      const live = await this.#upToDate(stocks);
      if (live !== undefined) return live.map((one) => one ?? neverStocked);
      await this.#untilCaughtUp(read.version, floor);
      read = await readTable(pool, stocks);
    }
    if (isBehind(read.version, floor)) this.#giveIn(read.version, floor);
    this.#show(read.version);
    return [...read.rows];
  }

  /** From Redis; undefined while it is unavailable, or behind the table or what was shown. */
  async #upToDate(stocks: readonly StockId[]): Promise<(Availability | undefined)[] | undefined> {
    try {
      return await this.#live(stocks, this.#isBehindTable);
    } catch (error) {
      this.#options.log.debug({ err: error }, 'Redis did not answer; reading from PostgreSQL');
      return undefined;
    }
  }

  async #live(
    stocks: readonly StockId[],
    isOutdated: (copy: Version) => boolean,
  ): Promise<(Availability | undefined)[]> {
    if (stocks.length === 0) return [];
    const floor = this.#shown;
    const copy = await readCopy(this.#options.redis, stocks);
    if (copy === undefined) throw new CopyBehind('the copy in Redis is being built');
    if (isBehind(copy.version, floor)) throw new CopyBehind('Redis is behind what was already shown');
    if (isOutdated(copy.version)) throw new CopyBehind('Redis is behind the table');
    this.#show(copy.version);
    return [...copy.rows];
  }

  readonly #isBehindTable = ({ checkpoint }: Version): boolean => {
    const heard = this.#options.watch.heard(availabilityProjection);
    if (heard === undefined) return false;
    return checkpoint === undefined || storeOf(checkpoint) !== storeOf(heard) || checkpoint < heard;
  };

  /** Redis may be briefly ahead of the table. */
  async #untilCaughtUp(table: Version, { generation, repairs, checkpoint }: Version): Promise<void> {
    if (table.generation !== generation || table.repairs !== repairs || checkpoint === undefined) return;
    await this.#options.watch.reached(availabilityProjection, checkpoint, this.#options.waitMs);
  }

  /** Without Redis only the table remains, even if it is stalled or was restored from a backup. */
  #giveIn(table: Version, shown: Version): void {
    this.#options.log.warn({ table, shown }, 'the table is behind what was shown from Redis; showing the table');
    this.#shown = table;
  }

  #show(version: Version): void {
    if (this.#shown === undefined || isBefore(this.#shown, version)) this.#shown = version;
  }
}

function isBehind(version: Version, floor: Version | undefined): floor is Version {
  return floor !== undefined && isBefore(version, floor);
}
