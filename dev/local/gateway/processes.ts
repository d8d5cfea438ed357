import { Agent, request } from 'undici';

const probeEveryMs = 100;
const probeTimeoutMs = 2_000;
/** What a service says of its readiness while it should get no requests; STOPPING just before it is gone. */
const absent = new Set(['starting', 'migrating', 'stopping', 'STOPPING']);

/**
 * The processes of one service. One that may be stopping is asked; if it is, or nobody is there, it gets no requests
 * until it is back.
 */
export class Processes {
  readonly #urls: readonly string[];
  readonly #away = new Set<string>();
  readonly #probing = new Set<string>();
  // Not those of the requests: a new connection tells whether it is still accepted.
  readonly #agent = new Agent({ pipelining: 0 });
  #turn = 0;
  #closed = false;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  /** Those that take requests: first the one that all requests with this key go to, or, without a key, each in turn. */
  inOrder(key: string | undefined): readonly string[] {
    const first = key === undefined ? this.#turn++ : hashOf(key);
    const rotated = this.#urls.map((_, index) => this.#urls[(first + index) % this.#urls.length] ?? '');
    return rotated.filter((url) => !this.#away.has(url));
  }

  /** Nobody accepted a connection. */
  missed(url: string): void {
    this.#away.add(url);
    this.suspect(url);
  }

  /** It closed a connection, as it does when it stops. */
  suspect(url: string): void {
    if (this.#probing.has(url)) return;
    this.#probing.add(url);
    void this.#probe(url);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#agent.destroy();
  }

  async #probe(url: string): Promise<void> {
    const isAway = await this.#isAway(url);
    if (this.#closed) return;
    if (isAway) {
      this.#away.add(url);
      setTimeout(() => void this.#probe(url), probeEveryMs).unref();
    } else {
      this.#away.delete(url);
      this.#probing.delete(url);
    }
  }

  async #isAway(url: string): Promise<boolean> {
    try {
      const answer = await request(`${url}/health/ready`, {
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(probeTimeoutMs),
      });
      const text = await answer.body.text();
      return absent.has(statusIn(text));
    } catch (error) {
      return neverConnected(error);
    }
  }
}

export function neverConnected(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'UND_ERR_CONNECT_TIMEOUT' || syscall === 'connect';
}

function statusIn(text: string): string {
  try {
    const { status, code } = JSON.parse(text) as { status?: string; code?: string };
    return status ?? code ?? '';
  } catch {
    return '';
  }
}

function hashOf(key: string): number {
  let hash = 0;
  for (const character of key) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return hash;
}
