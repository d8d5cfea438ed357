const atOnceMax = 256;

/** Does the work for each, many at once but not all. */
export async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async (): Promise<void> => {
    // Several workers share one iterator: each takes the next that nobody has taken.
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: atOnceMax }, worker));
}
