import type { RequestedItem, RequestFacts, RequestId, RequestKind, RequestStatus } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { requestItemsProjection } from '../request-items/projection.ts';
import { requestsProjection } from './projection.ts';

/** Every condition that is given must hold. */
export interface RequestFilter {
  readonly kind?: RequestKind | undefined;
  readonly status?: RequestStatus | undefined;
  /** Id or number of a user. */
  readonly requester?: string | undefined;
  /** Id or number of an item that the request names. */
  readonly item?: string | undefined;
}

interface Stored {
  readonly id: number;
  readonly requester_id: string;
  readonly requester_number: number;
  readonly kind: RequestKind;
  readonly status: RequestStatus;
  readonly required_qty: number;
  readonly current_qty: number;
  readonly items: readonly RequestedItem[];
  readonly acceptance_count: number;
  readonly title: string | null;
  readonly place: string | null;
  readonly needed_when: string | null;
  readonly note: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const requests = viewOf(requestsProjection);
const requestItems = viewOf(requestItemsProjection);
const columns = `id, requester_id, requester_number, kind, status, required_qty, current_qty, items, acceptance_count,
  title, place, needed_when, note, created_at, updated_at`;
const isNumber = /^\d{1,15}$/;

export class RequestQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(id: RequestId): Promise<RequestFacts | undefined> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'request-by-id',
      text: `select ${columns} from ${requests} where id = $1`,
      values: [id],
    });
    return rows[0] && requestOf(rows[0]);
  }

  /** The newest first. */
  async page(filter: RequestFilter, paging: Paging): Promise<Page<RequestFacts>> {
    const { limit, offset } = rowsToRead(paging);
    const { where, values } = conditionsOf(filter);
    const after = 'after' in paging ? paging.after : null;
    const place = values.length;
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${requests} where ${where} and ($${place + 1}::bigint is null or id < $${place + 1})
        order by id desc limit $${place + 2} offset $${place + 3}`,
      [...values, after, limit, offset],
    );
    return pageOf(rows.map(requestOf), paging, 'page' in paging ? await this.#count(filter) : null);
  }

  async #count(filter: RequestFilter): Promise<number> {
    const { where, values } = conditionsOf(filter);
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from ${requests} where ${where}`,
      values,
    );
    return rows[0]?.count ?? 0;
  }
}

function conditionsOf({ kind, status, requester, item }: RequestFilter): {
  readonly where: string;
  readonly values: unknown[];
} {
  const values: unknown[] = [];
  const conditions = ['true'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(kind, (parameter) => `kind = ${parameter}`);
  add(status, (parameter) => `status = ${parameter}`);
  add(requester, (parameter) => `${columnOf('requester', requester)} = ${parameter}`);
  add(
    item,
    (parameter) => `id in (select request_id from ${requestItems} where ${columnOf('item', item)} = ${parameter})`,
  );
  return { where: conditions.join(' and '), values };
}

/** The column of ids or of numbers. */
function columnOf(thing: string, idOrNumber = ''): string {
  return isNumber.test(idOrNumber) ? `${thing}_number` : `${thing}_id`;
}

function requestOf(row: Stored): RequestFacts {
  return {
    requestId: row.id,
    requesterId: row.requester_id,
    requesterNumber: row.requester_number,
    kind: row.kind,
    status: row.status,
    requiredQty: row.required_qty,
    currentQty: row.current_qty,
    items: row.items,
    acceptanceCount: row.acceptance_count,
    title: row.title,
    place: row.place,
    when: row.needed_when,
    note: row.note,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  };
}
