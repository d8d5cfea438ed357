import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const logBytesMax = 5_000_000;
const tailBytesMax = 16_384;

/** Opens a log for appending; rotates it first if it is large, so that at most two files are kept. */
export function openLog(path: string): { descriptor: number; offset: number } {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logBytesMax) renameSync(path, `${path}.1`);
  const descriptor = openSync(path, 'a', 0o600);
  return { descriptor, offset: fstatSync(descriptor).size };
}

/** The text written to a log since an offset (limited to the end of it), and the next offset. */
export function readLog(path: string, from: number, bytesMax = tailBytesMax): { text: string; end: number } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= from) return { text: '', end: from };
  const start = Math.max(from, size - bytesMax);
  const buffer = Buffer.alloc(size - start);
  const descriptor = openSync(path, 'r');
  try {
    const bytes = readSync(descriptor, buffer, 0, buffer.length, start);
    return { text: buffer.toString('utf8', 0, bytes), end: start + bytes };
  } finally {
    closeSync(descriptor);
  }
}
