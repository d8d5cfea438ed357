import { invalid } from '#http';
import type { Page, Paging } from '#read-models';
import type { PageAnswer, PagingDto } from './paging.dto.ts';

type PageFacts = Pick<PageAnswer, keyof PageAnswer>;
type PageQuery = { readonly [Field in keyof PagingDto]?: PagingDto[Field] | undefined } & { readonly limit: number };

interface Listed<Row> {
  readonly name: string;
  /** The key after which a page goes on, of its last row. */
  readonly keyOf: (row: Row) => string;
  readonly keyShape: RegExp;
}

/** A list that is read page by page: its cursors, which no other list takes, and what it says of each page. */
export class List<Row> {
  readonly #list: Listed<Row>;

  constructor(list: Listed<Row>) {
    this.#list = list;
  }

  pagingOf({ page, limit, cursor }: PageQuery): Paging {
    if (cursor === undefined) return { limit, page: page ?? 1 };
    if (page !== undefined) throw invalid('cursor', 'notWith', { other: 'page' });
    const prefix = `${this.#list.name} `;
    const text = Buffer.from(cursor, 'base64url').toString();
    const after = text.startsWith(prefix) ? text.slice(prefix.length) : '';
    // Reading base64 passes over what is none of it: a cursor is what is written for its key, and nothing besides.
    const isKey = this.#list.keyShape.test(after) && timesIn(after).every(isTime);
    const isCursor = isKey && cursor === this.#cursorOf(after);
    if (!isCursor) throw invalid('cursor', 'cursor', {});
    return { limit, after };
  }

  cursorAfter(row: Row): string {
    return this.#cursorOf(this.#list.keyOf(row));
  }

  #cursorOf(key: string): string {
    return Buffer.from(`${this.#list.name} ${key}`).toString('base64url');
  }

  answerOf({ rows, hasMore, total }: Page<Row>, paging: Paging): PageFacts {
    const last = hasMore ? rows.at(-1) : undefined;
    return {
      total,
      page: 'page' in paging ? paging.page : null,
      limit: paging.limit,
      hasMore,
      nextCursor: last === undefined ? null : this.cursorAfter(last),
    };
  }
}

function timesIn(key: string): readonly string[] {
  return key.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
}

/** One of the thirtieth of February has the shape of a time, and PostgreSQL would fail with it. */
function isTime(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}
