import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

type Mode = 'forwarding' | 'stalled' | 'refusing';

/** The line between a client and a server, which a test can cut, stall and mend. */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #sockets = new Set<Socket>();
  readonly #frozen = new Set<Socket>();
  #mode: Mode = 'forwarding';
  #losesAnswers = false;

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async to(port: number, host = '127.0.0.1', listenAt = 0): Promise<TcpProxy> {
    const proxy = new TcpProxy({ host, port });
    proxy.#server.listen(listenAt, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection; new ones are as welcome as before. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on what the server says is lost, and the connection with it. */
  loseAnswers(): void {
    this.#losesAnswers = true;
  }

  refuse(): void {
    this.#mode = 'refusing';
    this.cut();
  }

  /** Connections stay, and nothing gets through. */
  stall(): void {
    this.#mode = 'stalled';
    for (const socket of this.#sockets) socket.pause();
  }

  /** The connections that stand hang for ever; new ones get through. */
  freeze(): void {
    for (const socket of this.#sockets) {
      socket.pause();
      this.#sockets.delete(socket);
      this.#frozen.add(socket);
    }
  }

  mend(): void {
    this.#mode = 'forwarding';
    this.#losesAnswers = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    for (const socket of this.#frozen) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    if (this.#mode === 'refusing') {
      client.destroy();
      return;
    }
    const server = connect(this.#target);
    this.#join(client, server, () => true);
    this.#join(server, client, () => !this.#losesAnswers);
    if (this.#mode === 'stalled') this.stall();
  }

  #join(from: Socket, to: Socket, passes: () => boolean): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (bytes) => (passes() ? to.write(bytes) : to.destroy()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
