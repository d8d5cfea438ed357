import { viewOf } from '#projections';
import { salesProjection } from '../sales/projection.ts';
import { items, type ProductSort, type Wanted } from './product-filter.ts';

/** A part of a list, in an order of its own; the parts follow on each other. */
export interface Part {
  readonly from: string;
  readonly where: readonly string[];
  /** Of the parameters in `where`, which follow those of the filter. */
  readonly values: readonly unknown[];
  /** What it is ordered by; no two rows have the same. */
  readonly keys: readonly string[];
  readonly direction: 'asc' | 'desc';
}

const sales = viewOf(salesProjection);

const newest: Part = { from: `${items} i`, where: [], values: [], keys: ['i.number'], direction: 'desc' };
const byPrice = { ...newest, keys: ['i.price', 'i.number'] };
const isSold = 's.item = i.id and s.sold > 0';

export function partsOf({ inName, values }: Wanted, sort: ProductSort): readonly Part[] {
  switch (sort) {
    case 'newest':
      return [newest];
    case 'price-asc':
      return [{ ...byPrice, direction: 'asc' }];
    case 'price-desc':
      return [byPrice];
    case 'popular':
      return [
        { ...newest, from: `${items} i join ${sales} s on ${isSold}`, keys: ['s.sold', 's.item'] },
        { ...newest, where: [`not exists (select from ${sales} s where ${isSold})`] },
      ];
    case 'best': {
      const isInName = `i.terms @@ $${values.length + 1}::tsquery`;
      return [
        { ...newest, where: [isInName], values: [inName] },
        { ...newest, where: [`not ${isInName}`], values: [inName] },
      ];
    }
  }
}
