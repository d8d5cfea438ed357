/** A product as the API takes it. What a file says wrongly stays as it is, and the server names the field. */
export type Product = Readonly<Record<string, unknown>>;

interface Kind {
  readonly read: (cell: string) => unknown;
  readonly write: (value: unknown) => string;
}

const text: Kind = { read: (cell) => cell, write: String };
const integer: Kind = { read: (cell) => (/^-?\d{1,15}$/.test(cell.trim()) ? Number(cell) : cell), write: String };
const flag: Kind = {
  read: (cell) => ({ true: true, false: false })[cell.trim().toLowerCase()] ?? cell,
  write: String,
};
const list: Kind = {
  read: (cell) => (cell.trimStart().startsWith('[') ? jsonOr(cell) : cell.split('|').map((one) => one.trim())),
  write: (value) => {
    const texts = value as readonly string[];
    const isPlain = texts.every((one) => one === one.trim() && one !== '' && !one.includes('|'));
    const joined = texts.join('|');
    return isPlain && !joined.startsWith('[') ? joined : JSON.stringify(texts);
  },
};
const json: Kind = { read: jsonOr, write: (value) => JSON.stringify(value) };

const kinds = {
  id: text,
  name: text,
  price: integer,
  originalPrice: integer,
  description: text,
  shortDescription: text,
  images: list,
  thumbnail: text,
  categoryId: text,
  sku: text,
  tags: list,
  specifications: json,
  featured: flag,
  returnDays: integer,
  stock: integer,
  reason: text,
} as const satisfies Record<string, Kind>;

export type Column = keyof typeof kinds;
export const columns = Object.keys(kinds) as readonly Column[];
/** Those that an export has: `stock` of an import is what was counted, which only a count can say. */
export const exportedColumns = columns.filter((column) => column !== 'stock' && column !== 'reason');

export function isColumn(name: string): name is Column {
  return Object.hasOwn(kinds, name);
}

/** An empty cell says nothing: the product keeps what it has. */
export function productOf(header: readonly Column[], cells: readonly string[]): Product {
  const given = header.flatMap((column, index) => {
    const cell = cells[index] ?? '';
    return cell === '' ? [] : [[column, kinds[column].read(cell)] as const];
  });
  return Object.fromEntries(given);
}

export function cellsOf(product: Product): string[] {
  return exportedColumns.map((column) => {
    const value = product[column];
    return value === null || value === undefined || isEmpty(value) ? '' : kinds[column].write(value);
  });
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function jsonOr(cell: string): unknown {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}
