import { itemStock, stockStream } from '#domain';
import { viewOf } from '#projections';
import { availabilityProjection } from '../availability/projection.ts';
import { itemsProjection } from './projection.ts';
import { isNumber } from './queries.ts';
import { tagsQueryOf, type SearchQuery } from './search/search-query.ts';

export const productSorts = ['newest', 'price-asc', 'price-desc', 'popular'] as const;

/** `best` is the order of a search: what is found in the name before the rest, then the newest. */
export type ProductSort = (typeof productSorts)[number] | 'best';

/** Everything that is given is wanted. */
export interface ProductFilter {
  readonly search?: string | undefined;
  readonly categoryId?: string | undefined;
  readonly minPrice?: number | undefined;
  readonly maxPrice?: number | undefined;
  readonly inStock?: boolean | undefined;
  readonly featured?: boolean | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly idsOrNumbers?: readonly string[] | undefined;
  /** Discontinued products too. */
  readonly withDiscontinued?: boolean | undefined;
}

/** Conditions on an item `i`, with the values of their parameters. */
export interface Wanted {
  readonly conditions: readonly string[];
  readonly values: readonly unknown[];
  /** The `tsquery` of what a search finds in the name. */
  readonly inName: string;
  /** The orders in which an index has exactly the wanted products. */
  readonly indexedFor: ReadonlySet<ProductSort>;
}

export const items = viewOf(itemsProjection);

const [stockBefore = '', stockAfter = ''] = stockStream(itemStock('*')).split('*');
const isInStock = `exists (select from ${viewOf(availabilityProjection)} a
  where a.stock = '${stockBefore}' || i.id || '${stockAfter}' and a.available > 0)`;

export function wantedOf(filter: ProductFilter, query?: SearchQuery): Wanted {
  const { categoryId, minPrice, maxPrice, inStock, featured, tags, idsOrNumbers, withDiscontinued } = filter;
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const sold = withDiscontinued === true ? ['true'] : ['not i.discontinued'];
  const ofCategory = when(categoryId, (id) => `i.category_id = ${parameter(id)}`);
  const ofPrice = [
    ...when(minPrice, (price) => `i.price >= ${parameter(price)}`),
    ...when(maxPrice, (price) => `i.price <= ${parameter(price)}`),
  ];
  const others = [
    ...when(inStock, (wanted) => `${wanted ? '' : 'not '}${isInStock}`),
    ...when(featured, (wanted) => (wanted ? 'i.featured' : 'not i.featured')),
    ...when(tags, (wanted) => `i.terms @@ ${parameter(tagsQueryOf(wanted))}::tsquery`),
    ...when(
      idsOrNumbers,
      (wanted) =>
        `(i.id = any(${parameter(wanted.filter((one) => !isNumber.test(one)))}::text[])
          or i.number = any(${parameter(wanted.filter((one) => isNumber.test(one)))}::bigint[]))`,
    ),
    ...when(query, ({ anywhere }) => `i.terms @@ ${parameter(anywhere)}::tsquery`),
  ];
  const indexedFor: ProductSort[] = [];
  if (others.length === 0) indexedFor.push('price-asc', 'price-desc');
  if (others.length + ofPrice.length === 0) indexedFor.push('newest');
  if (others.length + ofPrice.length + ofCategory.length === 0) indexedFor.push('popular');
  return {
    conditions: [...sold, ...ofCategory, ...ofPrice, ...others],
    values,
    inName: query?.inName ?? '',
    indexedFor: new Set(indexedFor),
  };
}

function when<T>(value: T | undefined, condition: (value: T) => string): string[] {
  return value === undefined ? [] : [condition(value)];
}
