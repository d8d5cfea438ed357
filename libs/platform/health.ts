export type Phase = 'starting' | 'migrating' | 'ready' | 'stopping';

export interface HealthCheck {
  readonly name: string;
  /** Without an essential part nothing can be served: not ready. Without another: ready, but degraded. */
  readonly essential: boolean;
  check(): Promise<void>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly phase: Phase;
  readonly degraded: readonly string[];
}

const checkTimeoutMs = 1000;

export class Health {
  phase: Phase = 'starting';
  readonly #checks: HealthCheck[] = [];

  add(check: HealthCheck): void {
    this.#checks.push(check);
  }

  async readiness(): Promise<Readiness> {
    const failed = (
      await Promise.all(this.#checks.map(async (check) => ((await passes(check)) ? [] : [check])))
    ).flat();
    return {
      ready: this.phase === 'ready' && !failed.some((check) => check.essential),
      phase: this.phase,
      degraded: failed.map((check) => check.name),
    };
  }
}

async function passes(part: HealthCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), checkTimeoutMs);
  });
  try {
    await Promise.race([part.check(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
