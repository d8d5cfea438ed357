import { isPosition, type Position } from '#event-store';

/** The version of a projection that a read has seen, in its table or its copy. */
export interface Version {
  readonly generation: number;
  readonly repairs: number;
  /** Undefined before the first event. */
  readonly checkpoint: Position | undefined;
}

export function isBefore(a: Version, b: Version): boolean {
  if (a.generation !== b.generation) return a.generation < b.generation;
  if (a.repairs !== b.repairs) return a.repairs < b.repairs;
  return (a.checkpoint ?? '') < (b.checkpoint ?? '');
}

/** The source of a copy: the part of the version that events do not advance. */
export function sourceOf({ generation, repairs }: Omit<Version, 'checkpoint'>): string {
  return `${generation}.${repairs}`;
}

/** Undefined for an incomplete copy. */
export function versionOfCopy(mark: string | null, source: string | null): Version | undefined {
  const [, generation, repairs] = /^(\d+)\.(\d+)$/.exec(source ?? '') ?? [];
  if (mark === null || (mark !== '' && !isPosition(mark))) return undefined;
  return { generation: Number(generation), repairs: Number(repairs), checkpoint: mark === '' ? undefined : mark };
}
