import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { clientProcesses } from './pace.ts';
import type { ClientsReply, Receipt } from './receipt.ts';

/** Clients in processes of their own. */
export class LiveClients {
  readonly opened: number;
  readonly #children: readonly ChildProcess[];

  private constructor(children: readonly ChildProcess[], opened: number) {
    this.#children = children;
    this.opened = opened;
  }

  static async open(url: string, streams: number, subjects: number): Promise<LiveClients> {
    const each = Math.ceil(streams / clientProcesses);
    const children = Array.from({ length: clientProcesses }, () =>
      fork(join(import.meta.dirname, '../live-clients.ts'), { execArgv: ['--conditions=source'] }),
    );
    const opened = await Promise.all(
      children.map(async (child, n) => {
        const replied = once(child, 'message') as Promise<[ClientsReply]>;
        const own = Array.from({ length: each }, (_, index) => (n * each + index) % subjects);
        child.send({ url, subjects: own });
        const [reply] = await replied;
        return 'opened' in reply ? reply.opened : 0;
      }),
    );
    return new LiveClients(
      children,
      opened.reduce((sum, some) => sum + some, 0),
    );
  }

  /** What they have got since they were last asked. */
  async receipts(): Promise<readonly Receipt[]> {
    const all = await Promise.all(
      this.#children.map(async (child) => {
        const replied = once(child, 'message') as Promise<[ClientsReply]>;
        child.send('collect');
        const [reply] = await replied;
        return 'receipts' in reply ? reply.receipts : [];
      }),
    );
    return all.flat();
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#children.map(async (child) => {
        const exited = once(child, 'exit');
        child.disconnect();
        await exited;
      }),
    );
  }
}
