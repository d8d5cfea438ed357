/** Who waits to see something, by its id. */
export class Sightings {
  readonly #awaited = new Map<string, () => void>();

  /** Resolves once it is seen; with false if it is not in time. */
  of(id: string, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isSeen: boolean) => (): void => {
        clearTimeout(timer);
        this.#awaited.delete(id);
        resolve(isSeen);
      };
      const timer = setTimeout(settle(false), timeoutMs);
      this.#awaited.set(id, settle(true));
    });
  }

  saw(id: string): void {
    this.#awaited.get(id)?.();
  }
}
