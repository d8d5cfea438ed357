/** The code of a system call's error (`ENOENT`, `EADDRINUSE`, …). */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
