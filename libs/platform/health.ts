export type Phase = 'starting' | 'migrating' | 'ready' | 'stopping';

export interface HealthCheck {
  readonly name: string;
  /** If an essential part is unavailable, the service is not ready; without others it is ready but degraded. */
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
  /** Checks in progress by part, so that a hanging check is not started again. */
  readonly #checks = new Map<HealthCheck, Promise<void> | undefined>();

  add(check: HealthCheck): void {
    this.#checks.set(check, undefined);
  }

  async readiness(): Promise<Readiness> {
    const checks = [...this.#checks.keys()];
    const passed = await Promise.all(checks.map((check) => this.#passes(check)));
    const failed = checks.filter((_, index) => passed[index] !== true);
    return {
      ready: this.phase === 'ready' && !failed.some((check) => check.essential),
      phase: this.phase,
      degraded: failed.map((check) => check.name),
    };
  }

  async #passes(check: HealthCheck): Promise<boolean> {
    const asked = this.#checks.get(check) ?? check.check().finally(() => this.#checks.set(check, undefined));
    this.#checks.set(check, asked);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer')), checkTimeoutMs);
    });
    try {
      await Promise.race([asked, late]);
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
