import { LRUCache } from 'lru-cache';
import { slotStock } from '#domain';
import { isOutage } from '#platform';
import type { AvailabilityQueries } from '../availability/queries.ts';
import { isKnown, type Availability } from '../availability/reads.ts';
import type { Freshness } from '../freshness.ts';
import { GroupedReads } from '../grouped-reads.ts';
import type { Paging } from '../paging.ts';
import type { SlotFilter, SlotQueries } from './queries.ts';

export interface PlacesOfSlot {
  readonly slot_id: number;
  readonly capacity: number;
  readonly remaining: number;
}

export interface PlacesPage {
  readonly places: readonly PlacesOfSlot[];
  /** The last slot of the page, shown or not, if there are more. */
  readonly lastOfMore: number | undefined;
}

interface Asked extends SlotFilter {
  readonly paging: Paging;
}

interface Listed {
  readonly ids: readonly number[];
  readonly hasMore: boolean;
}

const rememberedMax = 200;

/**
 * The available places of slots: the slots from the table, the places from Redis. While PostgreSQL is unavailable, the
 * slots are those of the last answer to the same query, or those requested by id.
 */
export class SlotAvailability {
  readonly #slots: SlotQueries;
  readonly #availability: AvailabilityQueries;
  readonly #grouped: GroupedReads<Asked, PlacesPage>;
  /** Query → the slots of its last answer. */
  readonly #remembered = new LRUCache<string, Listed>({ max: rememberedMax });

  constructor(slots: SlotQueries, availability: AvailabilityQueries) {
    this.#slots = slots;
    this.#availability = availability;
    this.#grouped = new GroupedReads(nameOf, (asked) => Promise.all(asked.map((one) => this.#read(one))));
  }

  page(filter: SlotFilter, paging: Paging, { fresh = false }: Freshness = {}): Promise<PlacesPage> {
    const asked = { ...filter, paging };
    return fresh ? this.#fromTable(asked, { fresh }) : this.#grouped.read(asked);
  }

  async #read(asked: Asked): Promise<PlacesPage> {
    try {
      return await this.#fromTable(asked, {});
    } catch (error) {
      const known = isOutage(error) ? this.#withoutPostgres(asked) : undefined;
      if (known === undefined) throw error;
      // If Redis is unavailable too, report the outage of PostgreSQL.
      const live = await this.#availability.live(known.ids.map(slotStock)).catch(() => Promise.reject(error));
      return pageOf(known, live);
    }
  }

  async #fromTable(asked: Asked, freshness: Freshness): Promise<PlacesPage> {
    const listed = await this.#list(asked);
    return pageOf(listed, await this.#availability.ofMany(listed.ids.map(slotStock), freshness));
  }

  async #list(asked: Asked): Promise<Listed> {
    const { rows, hasMore } = await this.#slots.pageOfIds(asked, asked.paging);
    const listed = { ids: [...rows], hasMore };
    this.#remembered.set(nameOf(asked), listed);
    return listed;
  }

  #withoutPostgres(asked: Asked): Listed | undefined {
    const { from, to, ids, isUpcoming, paging } = asked;
    const remembered = this.#remembered.get(nameOf(asked));
    if (remembered !== undefined) return remembered;
    const byIdsAlone = ids !== undefined && from === undefined && to === undefined && isUpcoming !== true;
    if (!byIdsAlone || !('page' in paging) || paging.page > 1 || ids.length > paging.limit) return undefined;
    return { ids: [...new Set(ids)].toSorted((a, b) => a - b), hasMore: false };
  }
}

function nameOf({ from, to, ids, isUpcoming, paging }: Asked): string {
  return JSON.stringify([from, to, ids, isUpcoming, paging]);
}

function pageOf({ ids, hasMore }: Listed, availability: readonly (Availability | undefined)[]): PlacesPage {
  return { places: placesOf(ids, availability), lastOfMore: hasMore ? ids.at(-1) : undefined };
}

/**
 * A slot is omitted whose places are not known: its stock is recorded after the slot, and projected on its own. While
 * PostgreSQL is unavailable, so are those that Redis does not know.
 */
function placesOf(ids: readonly number[], availability: readonly (Availability | undefined)[]): PlacesOfSlot[] {
  return ids.flatMap((slot_id, index) => {
    const found = availability[index];
    return found === undefined || !isKnown(found)
      ? []
      : [{ slot_id, capacity: found.total, remaining: found.available }];
  });
}
