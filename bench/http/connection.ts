import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Reply {
  readonly status: number;
  /** One character per byte. */
  readonly body: string;
}

const headEnd = '\r\n\r\n';

/** One client with one request at a time. Minimal HTTP, because a client must cost less than the server. */
export class Connection {
  readonly #socket: Socket;
  readonly #replies: AsyncGenerator<Reply>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#replies = repliesOf(socket);
  }

  static async to(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).setNoDelay(true);
    await once(socket, 'connect');
    return new Connection(socket);
  }

  async ask(request: string): Promise<Reply> {
    this.#socket.write(request, 'latin1');
    const { value } = await this.#replies.next();
    if (value === undefined) throw new Error('the server hung up');
    return value as Reply;
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Parses answers, each with a Content-Length. */
async function* repliesOf(socket: Socket): AsyncGenerator<Reply> {
  let held = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    held += chunk.toString('latin1');
    for (;;) {
      const end = held.indexOf(headEnd);
      if (end < 0) break;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(held.slice(0, end))?.[1]);
      if (Number.isNaN(length)) throw new Error(`an answer of unknown length: ${held.slice(0, end)}`);
      const whole = end + headEnd.length + length;
      if (held.length < whole) break;
      const reply = { status: Number(held.slice(9, 12)), body: held.slice(end + headEnd.length, whole) };
      held = held.slice(whole);
      yield reply;
    }
  }
}
