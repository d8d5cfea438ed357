export type Phase = 'starting' | 'migrating' | 'ready' | 'stopping';

export interface HealthCheck {
  readonly name: string;
  /** If an essential part is unavailable, the service is not ready; without others it is ready but degraded. */
  readonly essential: boolean;
  check(): Promise<void>;
}

export interface CheckResult {
  readonly name: string;
  readonly essential: boolean;
  readonly ok: boolean;
  /** Why the check failed. */
  readonly error: string | null;
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
    const failed = (await this.results()).filter(({ ok }) => !ok);
    return {
      ready: this.phase === 'ready' && !failed.some((check) => check.essential),
      phase: this.phase,
      degraded: failed.map((check) => check.name),
    };
  }

  async results(): Promise<readonly CheckResult[]> {
    return Promise.all([...this.#checks.keys()].map((check) => this.#resultOf(check)));
  }

  async #resultOf(check: HealthCheck): Promise<CheckResult> {
    const { name, essential } = check;
    const asked = this.#checks.get(check) ?? check.check().finally(() => this.#checks.set(check, undefined));
    this.#checks.set(check, asked);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer')), checkTimeoutMs);
    });
    try {
      await Promise.race([asked, late]);
      return { name, essential, ok: true, error: null };
    } catch (error) {
      return { name, essential, ok: false, error: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
    }
  }
}
