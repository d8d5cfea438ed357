import type { ComponentChildren } from 'preact';
import { useLanguage } from '../language/language.tsx';
import type { Rows } from '../live/use-rows.ts';
import { Answered } from './answered.tsx';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
}

interface TableProps<Row> {
  /** What it is a table of, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}

/** On a narrow screen it scrolls by itself. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <div class="table" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, isNumber }) => (
              <th key={head} scope="col" class={isNumber === true ? 'number' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, cell, isNumber }) => (
                <td key={head} class={isNumber === true ? 'number' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ListedProps<Row> extends Omit<TableProps<Row>, 'rows'> {
  readonly of: Rows<Row>;
  readonly empty: string;
}

/** A list as a table, with a button for what follows. */
export function Listed<Row>({ of, empty, ...table }: ListedProps<Row>) {
  return (
    <Answered of={of} empty={empty}>
      {(rows) => (
        <div aria-busy={of.isLoading}>
          <Table {...table} rows={rows} />
          <More of={of} />
        </div>
      )}
    </Answered>
  );
}

export function More<Row>({ of: { hasMore, isLoading, more } }: { of: Rows<Row> }) {
  const { t } = useLanguage();
  if (!hasMore) return null;
  return (
    <button type="button" class="more" disabled={isLoading} onClick={more}>
      {t.frame.more}
    </button>
  );
}
