import type { Labels, Metadata } from '#domain';
import type { Row } from '#projections';

/** Of a row of a table with labels. */
export interface StoredLabels {
  readonly reference: string | null;
  readonly metadata: Metadata | null;
}

export const labelColumns = { reference: 'text collate "C"', metadata: 'json' } as const;

export function labelRow({ labels }: { readonly labels?: Labels }): Row {
  return { reference: labels?.reference ?? null, metadata: labels?.metadata ?? null };
}
