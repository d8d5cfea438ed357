import { ForeignPosition } from './errors.ts';

/**
 * The place of an event in the order of all events of one store. Opaque except to the adapter that made it: `<store
 * id>@<digits of fixed width>`, so that positions of one store sort as text, also in SQL and Redis.
 */
export type Position = string & { readonly __brand: 'Position' };

const shape = /^([a-z0-9]{1,32})@(\d{20}(?:-\d{20})?)$/;
const digits = 20;

export function makePosition(store: string, ...ordinals: readonly bigint[]): Position {
  return `${store}@${ordinals.map((ordinal) => String(ordinal).padStart(digits, '0')).join('-')}` as Position;
}

/** Parses a position from outside, such as a token or checkpoint. Throws if it is not one of this store. */
export function parsePosition(text: string, store: string): readonly bigint[] {
  const [, madeBy, ordinals] = shape.exec(text) ?? [];
  if (madeBy === undefined || ordinals === undefined) throw new ForeignPosition(text, store);
  if (madeBy !== store) throw new ForeignPosition(text, store);
  return ordinals.split('-').map(BigInt);
}

export function isPosition(text: string): text is Position {
  return shape.test(text);
}

export function storeOf(position: Position): string {
  return position.slice(0, position.indexOf('@'));
}

/** Negative if a is before b. Both must belong to the same store; positions of different stores have no order. */
export function comparePositions(a: Position, b: Position): number {
  if (storeOf(a) !== storeOf(b)) throw new ForeignPosition(a, storeOf(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
