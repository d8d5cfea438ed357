export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * How long to pause after so many failures: doubled by each up to the most, and between half of that and all of it by
 * chance, so that those that failed together do not try again together.
 */
export function backOffMs(failures: number, { firstMs, mostMs }: BackOff): number {
  return Math.min(firstMs * 2 ** (failures - 1), mostMs) * (0.5 + Math.random() / 2);
}
