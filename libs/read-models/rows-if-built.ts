import { DatabaseError } from 'pg';

const undefinedTable = '42P01';

/** The rows that a query of a read model found; none as long as the projector has not built it. */
export async function rowsIfBuilt<Row>(query: Promise<{ readonly rows: readonly Row[] }>): Promise<readonly Row[]> {
  try {
    return (await query).rows;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === undefinedTable) return [];
    throw error;
  }
}
