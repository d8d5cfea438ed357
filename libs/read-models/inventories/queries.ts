import { mainInventory, mainInventoryFacts, type InventoryFacts, type InventoryId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { inventoriesProjection } from './projection.ts';

type Stored = Omit<InventoryFacts, 'createdAt'> & { readonly createdAt: Date | null };

const columns = `id as "inventoryId", owner_id as "ownerId", name, description, lends,
  takes_provides as "takesProvides", default_lend_seconds as "defaultLendSeconds", renewals_max as "renewalsMax",
  open_lends_max as "openLendsMax", lent_units_max as "lentUnitsMax", overdue_lends_max as "overdueLendsMax",
  created_at as "createdAt"`;

export class InventoryQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(inventoryId: InventoryId): Promise<InventoryFacts | undefined> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'inventory-by-id',
      text: `select ${columns} from ${viewOf(inventoriesProjection)} where id = $1`,
      values: [inventoryId],
    });
    if (rows[0] !== undefined) return factsOf(rows[0]);
    return inventoryId === mainInventory ? mainInventoryFacts : undefined;
  }

  /** In the order of their numbers. The first is the main one, which may have no row. */
  async page(paging: Paging): Promise<Page<InventoryFacts>> {
    const { limit, offset } = rowsToRead(paging);
    if ('after' in paging) return pageOf(await this.#after(Number(paging.after), limit, 0), paging, null);
    const [first, others, total] = await Promise.all([
      offset === 0 ? this.#main() : [],
      offset === 0 ? this.#after(mainInventory, limit - 1, 0) : this.#after(mainInventory, limit, offset - 1),
      this.#count(),
    ]);
    return pageOf([...first, ...others], paging, total);
  }

  async #main(): Promise<InventoryFacts[]> {
    return [(await this.find(mainInventory)) ?? mainInventoryFacts];
  }

  async #after(inventoryId: InventoryId, limit: number, offset: number): Promise<InventoryFacts[]> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'inventories-after',
      text: `select ${columns} from ${viewOf(inventoriesProjection)} where id > $1 order by id limit $2 offset $3`,
      values: [inventoryId, limit, offset],
    });
    return rows.map(factsOf);
  }

  async #count(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>({
      name: 'count-inventories',
      text: `select count(*) from ${viewOf(inventoriesProjection)} where id > $1`,
      values: [mainInventory],
    });
    return 1 + (rows[0]?.count ?? 0);
  }
}

function factsOf({ createdAt, ...facts }: Stored): InventoryFacts {
  return { ...facts, createdAt: createdAt?.getTime() ?? null };
}
