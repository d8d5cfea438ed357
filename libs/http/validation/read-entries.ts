import { setImmediate } from 'node:timers/promises';
import { problem, Problem } from '../errors/problem.ts';
import { faultOf, repeatedInJson } from '../service/json-body.ts';
import { keepRepeated } from './repeated-names.ts';
import type { UnreadEntry } from './unread-entry.ts';
import { parseDto } from './validation.pipe.ts';

/** How long the event loop is held at a time. One entry takes no longer than a body of its size. */
const sliceMs = 10;

/**
 * Reads the entries of a list one by one: a bad one is a problem of its own, with the message of each field. Throws if
 * one of them is no JSON, as a body would that has none.
 */
export async function readEntries<Dto extends object>(
  dto: new () => Dto,
  entries: readonly UnreadEntry[],
  entryBytesMax: number,
): Promise<readonly (Dto | Problem)[]> {
  const read: (Dto | Problem)[] = [];
  let began = performance.now();
  for (const entry of entries) {
    read.push(readEntry(dto, entry, entryBytesMax));
    if (performance.now() - began < sliceMs) continue;
    await setImmediate();
    began = performance.now();
  }
  return read;
}

function readEntry<Dto extends object>(dto: new () => Dto, entry: UnreadEntry, bytesMax: number): Dto | Problem {
  if (Buffer.byteLength(entry.text) > bytesMax) return problem('BODY_TOO_LARGE', { bytesMax });
  const value = valueOf(entry);
  const fault = faultOf(value);
  if (fault !== undefined) return fault;
  keepRepeated(value as object, repeatedInJson(entry.text));
  const { instance, faults } = parseDto(dto, value as Record<string, unknown>, false);
  return faults.size > 0 ? problem('VALIDATION_FAILED', Object.fromEntries(faults)) : (instance as Dto);
}

function valueOf(entry: UnreadEntry): unknown {
  try {
    return entry.read();
  } catch (cause) {
    throw problem('BODY_MALFORMED', null, { cause });
  }
}
