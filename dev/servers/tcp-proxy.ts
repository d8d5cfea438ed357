import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

type Mode = 'forwarding' | 'stalled' | 'refusing';

/** A proxy between a client and a server that a test can cut, stall and restore. */
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

  /** Closes every connection; new ones are accepted. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on, data of the server is dropped and the connection closed. */
  loseAnswers(): void {
    this.#losesAnswers = true;
  }

  refuse(): void {
    this.#mode = 'refusing';
    this.cut();
  }

  /** Connections stay open, but pass no data. */
  stall(): void {
    this.#mode = 'stalled';
    for (const socket of this.#sockets) socket.pause();
  }

  /** Existing connections hang; new ones work. */
  freeze(): void {
    for (const socket of this.#sockets) {
      socket.pause();
      this.#sockets.delete(socket);
      this.#frozen.add(socket);
    }
  }

  restore(): void {
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
