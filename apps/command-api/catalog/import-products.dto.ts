import { ApiProperty } from '@nestjs/swagger';
import { unitsMax } from '#domain';
import { Flag, Integer, ListOf, Problem, readEntries, Text, type LongBody, type UnreadEntry } from '#http';
import type { Settled } from '#use-cases';
import { resultOf, resultOfProblem, type Result } from '../edge/result-of.ts';
import type { ImportLine, LineOutcome } from './import-items.ts';
import { CreateProductDto, detailsOf } from './products.dto.ts';
import { withTerms } from '../stock/sale-terms.dto.ts';

const productsMax = 500;
/** Each entry may be as large as another body may be by default. */
const entryBytesMax = 262_144;
const reasonMax = 500;

/** The body of the import; the gateways have the same limit. */
export const productsImport: LongBody = {
  path: '/products/bulk',
  list: 'products',
  entriesMax: productsMax,
  bytesMax: 4 * 1024 * 1024,
};

class ImportProductDto extends CreateProductDto {
  @Integer({
    optional: true,
    max: unitsMax,
    description:
      'Number of units counted in the main inventory, with those that are held or reserved. The stock is adjusted to it',
    example: 100,
  })
  stock?: number;

  @Text({
    optional: true,
    max: reasonMax,
    description: 'Why the stock is adjusted; `import` by default',
    example: 'stocktaking',
  })
  reason?: string;
}

export class ImportProductsDto {
  @ListOf(ImportProductDto, {
    min: 1,
    max: productsMax,
    unread: true,
    description: 'Of two entries with the same id or SKU, the second changes what the first has made',
    example: [
      { id: 'prod_001', name: '無線藍牙耳機', price: 1299, sku: 'HP-001', stock: 100 },
      { name: '智慧手錶', price: 2999, sku: 'SW-002' },
    ],
  })
  products!: UnreadEntry[];

  @Flag({ default: false, description: 'Whether the entries are only checked: nothing is recorded' })
  dryRun!: boolean;
}

class ImportResult {
  @ApiProperty({ description: '503 if the request must be repeated', example: 201 })
  status!: number;

  @ApiProperty({ required: false, description: 'Error code' })
  code?: string;

  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    description:
      'The id of the product, and whether it was created, changed or unchanged; or details of the error: of ' +
      '422 VALIDATION_FAILED, a message per field',
  })
  data?: unknown;
}

export class ImportResults {
  @ApiProperty({
    type: [ImportResult],
    description: 'One for each entry, in the order of the entries',
    example: [
      { status: 201, data: { id: 'prod_001', result: 'created' } },
      { status: 409, code: 'SKU_TAKEN', data: { sku: 'SW-002' } },
      { status: 422, code: 'VALIDATION_FAILED', data: { price: 'is required' } },
    ],
  })
  results!: ImportResult[];
}

/** What the entries ask for, or what is wrong with them. */
export async function linesOf(products: readonly UnreadEntry[]): Promise<readonly (ImportLine | Problem)[]> {
  const read = await readEntries(ImportProductDto, products, entryBytesMax);
  return read.map((entry, place) => {
    if (entry instanceof Problem) return entry;
    const { id, stock: onHand, reason = 'import', ...given } = entry;
    const { terms, rest } = withTerms(given);
    return { place, id, details: detailsOf(rest), terms, onHand, reason };
  });
}

/** The outcomes are those of the good lines, in their order. */
export function resultsOf(
  read: readonly (ImportLine | Problem)[],
  outcomes: readonly Settled<LineOutcome>[],
): readonly Result[] {
  const rest = outcomes.values();
  return read.map((line) => {
    if (line instanceof Problem) return resultOfProblem(line);
    const { value: outcome } = rest.next();
    if (outcome === undefined) throw new Error(`line ${line.place} has no outcome`);
    const isCreated = 'value' in outcome && outcome.value?.result === 'created';
    return resultOf(outcome, isCreated ? 201 : 200);
  });
}
