import { isPosition, type Position } from '#event-store';

/** Which state of a projection a read has seen, in its table or in its copy. */
export interface Version {
  readonly generation: number;
  readonly mends: number;
  /** Undefined before the first event. */
  readonly checkpoint: Position | undefined;
}

export function isBefore(a: Version, b: Version): boolean {
  if (a.generation !== b.generation) return a.generation < b.generation;
  if (a.mends !== b.mends) return a.mends < b.mends;
  return (a.checkpoint ?? '') < (b.checkpoint ?? '');
}

/** What a copy says that it was made from, as far as events do not bring it forward. */
export function sourceOf({ generation, mends }: Omit<Version, 'checkpoint'>): string {
  return `${generation}.${mends}`;
}

/** Undefined for a copy that is not whole. */
export function versionOfCopy(mark: string | null, source: string | null): Version | undefined {
  const [, generation, mends] = /^(\d+)\.(\d+)$/.exec(source ?? '') ?? [];
  if (mark === null || (mark !== '' && !isPosition(mark))) return undefined;
  return { generation: Number(generation), mends: Number(mends), checkpoint: mark === '' ? undefined : mark };
}
