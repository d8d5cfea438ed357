const timeoutMs = 30_000;

/** The API of a running installation, for one user. */
export class Api {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  get(path: string): Promise<Response> {
    return fetch(`${this.#url}/api/v1${path}`, { signal: AbortSignal.timeout(timeoutMs) });
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.#url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}`, ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  /** Creates it, unless it, or another with the same SKU or slug, is there already. */
  async ensure(path: string, body: unknown): Promise<void> {
    const answer = await this.post(path, body);
    if (answer.status !== 201 && answer.status !== 409) throw new Error(await failureOf(path, answer));
    await answer.body?.cancel();
  }
}

export async function failureOf(path: string, answer: Response): Promise<string> {
  return `POST ${path} failed: ${answer.status} ${await answer.text()}`;
}
