const slowAfterMs = 1_000;
const remindEveryMs = 10_000;

export function say(line: string): void {
  console.log(line);
}

export type Note = (text: string) => void;

/** Runs a step of the start; shows progress if it takes over a second. */
export async function step<T>(name: string, work: (note: Note) => Promise<T>): Promise<T> {
  const begun = Date.now();
  const seconds = (): string => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  const first = setTimeout(() => say(`  … ${name}`), slowAfterMs);
  const later = setInterval(() => say(`  … ${name}, ${seconds()} so far`), remindEveryMs);
  try {
    const result = await work((text) => say(`  … ${name}: ${text}`));
    say(`  ✓ ${name} (${seconds()})`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(later);
  }
}
