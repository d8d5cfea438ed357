import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { until } from './until.ts';

export interface StreamedEvent {
  readonly event: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects of it
  readonly data: any;
}

interface Asked {
  readonly token?: string;
  readonly lastId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client of server-sent events, as the HTML standard specifies them. */
export class EventStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly events: StreamedEvent[] = [];
  /** Of an answer that is no stream. */
  readonly body: unknown;
  lastId: string | undefined;
  retryMs: number | undefined;
  comments = 0;
  isClosed = false;
  readonly #answer: IncomingMessage;
  #rest = '';

  private constructor(answer: IncomingMessage, body: unknown, lastId: string | undefined) {
    this.#answer = answer;
    this.status = answer.statusCode ?? 0;
    this.headers = answer.headers;
    this.body = body;
    this.lastId = lastId;
    if (body !== undefined) return;
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => this.#take(chunk));
    answer.on('error', () => undefined);
    answer.on('close', () => (this.isClosed = true));
  }

  static async open(url: string, { token, lastId, headers = {} }: Asked = {}): Promise<EventStream> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const request = get(url, {
      agent: false,
      headers: {
        accept: 'text/event-stream',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
        ...headers,
      },
    });
    request.on('response', resolve).on('error', reject);
    const answer = await promise;
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
    return new EventStream(answer, isStream ? undefined : JSON.parse(await text(answer)), lastId);
  }

  get data(): unknown[] {
    return this.events.map(({ data }) => data as unknown);
  }

  get last(): StreamedEvent | undefined {
    return this.events.at(-1);
  }

  /** Waits until what was received is as wanted. */
  async untilReceived(isThere: (events: readonly StreamedEvent[]) => boolean): Promise<readonly StreamedEvent[]> {
    return until(async () => [...this.events], isThere);
  }

  async untilClosed(): Promise<void> {
    await until(
      async () => this.isClosed,
      (isClosed) => isClosed,
    );
  }

  /** Reads no more, as a client that hangs. */
  hang(): void {
    this.#answer.pause();
  }

  readOn(): void {
    this.#answer.resume();
  }

  close(): void {
    this.#answer.destroy();
  }

  #take(chunk: string): void {
    const blocks = (this.#rest + chunk).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#takeBlock(block);
  }

  #takeBlock(block: string): void {
    let event = 'message';
    let data: string | undefined;
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (field === 'id') this.lastId = value;
      else if (field === 'event') event = value;
      else if (field === 'data') data = data === undefined ? value : `${data}\n${value}`;
      else if (field === 'retry') this.retryMs = Number(value);
      else if (field === '') this.comments += 1;
    }
    if (data !== undefined) this.events.push({ event, data: JSON.parse(data) });
  }
}
