import { itemName } from '../projections/stock-trade.ts';

export const unitsOfEach = 100_000_000;
export const linesEach = 3;

/** The items on sale; the hot ones are the first of them. */
export const itemNames: readonly string[] = Array.from({ length: 1000 }, (_, index) => itemName(index));
export const hotItemsCount = 10;
