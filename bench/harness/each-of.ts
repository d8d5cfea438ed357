const atOnceMax = 256;

/** Does the work for each, with limited concurrency. */
export async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async (): Promise<void> => {
    // The workers share one iterator.
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: atOnceMax }, worker));
}
