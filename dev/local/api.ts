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
    return this.#ask('POST', path, headers, JSON.stringify(body));
  }

  /** The answer to a GET, as the user sees it. */
  async read(path: string): Promise<unknown> {
    const answer = await this.#ask('GET', path, {});
    if (!answer.ok) throw new Error(await failureOf(path, answer));
    return answer.json();
  }

  /** Fails unless it is done, or rejected with one of the statuses. */
  async send(
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    { key, rejectedWith = [] }: { readonly key?: string; readonly rejectedWith?: readonly number[] } = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    const answer = await this.#ask(method, path, headers, JSON.stringify(body));
    if (!answer.ok && !rejectedWith.includes(answer.status)) throw new Error(await failureOf(path, answer));
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  }

  #ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | null = null,
  ): Promise<Response> {
    const type = body === null ? {} : { 'content-type': 'application/json' };
    return fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { ...type, authorization: `Bearer ${this.#token}`, ...headers },
      body,
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
  return `${path} failed: ${answer.status} ${await answer.text()}`;
}
