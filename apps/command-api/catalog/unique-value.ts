import type { Holder, Reservation, Reservations } from '#commands';

/** The streams whose rows are in the reservations. */
export interface Owners {
  /** Whether the owner has the value, as its stream says. */
  has(owner: string, value: string): Promise<boolean>;
  /** Records the passing of time in the stream of the owner, and returns the time that it now has. */
  noteTime(owner: string): Promise<number>;
}

/** Reserves a value that no other owner has; undefined when another has it or is about to. */
export async function reserveUnique(
  values: Reservations,
  { kind, value, owner }: Pick<Reservation, 'kind' | 'value' | 'owner'>,
  owners: Owners,
): Promise<Reservation | undefined> {
  const reserved = await values.reserve(kind, value, owner);
  if (reserved !== undefined) return reserved;
  const [holder] = await values.holdersOf(kind, value, 1);
  if (holder !== undefined && !(await freeAbandoned(values, kind, value, holder, owners))) return undefined;
  return values.reserve(kind, value, owner);
}

/**
 * Frees a value whose holder does not have it and cannot record it any more: a process stopped between reserving the
 * value and recording it, or between recording another value and freeing this one.
 */
export async function freeAbandoned(
  values: Reservations,
  kind: string,
  value: string,
  { owner, recordBy }: Holder,
  owners: Owners,
): Promise<boolean> {
  if (recordBy >= Date.now() || (await owners.has(owner, value))) return false;
  const at = await owners.noteTime(owner);
  if (at <= recordBy || (await owners.has(owner, value))) return false;
  await values.free(kind, value, owner, at);
  return true;
}
