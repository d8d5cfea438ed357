import { randomUUID } from 'node:crypto';
import { contenders } from '../contenders/contenders.ts';
import type { Contender } from './contender.ts';
import { runLoad } from './load.ts';
import type { Answer, Task } from './task.ts';

interface Opened {
  readonly contender: Contender;
  readonly connections: number;
}

/** Runs in the process of a contender: opens it on first use and executes tasks in order. */
export class Performer {
  #opened: Opened | undefined;
  #items: readonly string[] = [];

  async perform(task: Task): Promise<Answer> {
    let contender = await this.#open(task);
    if (this.#items.length === 0 || !task.sameItems) {
      this.#items = Array.from({ length: task.itemsCount }, () => randomUUID());
      await contender.provide(this.#items, task.units, task.purchasesBefore);
    }
    const before = await contender.recorded();
    const { tally, abandoned } = await runLoad(contender, this.#items, task.load);
    const peakMb = process.resourceUsage().maxRSS / 1024;
    if (abandoned > 0) {
      // After closing it starts nothing more; started work is then done or lost.
      await this.close();
      contender = await this.#open(task);
    }
    const recorded = (await contender.recorded()) - before;
    if (!contenders[task.contender].keepsState) await this.close();
    return { ...tally.result(), recorded, abandoned, peakMb };
  }

  async close(): Promise<void> {
    await this.#opened?.contender.close();
    this.#opened = undefined;
  }

  async #open({ contender: key, servers, connections }: Task): Promise<Contender> {
    if (this.#opened?.connections === connections) return this.#opened.contender;
    await this.close();
    // A contender with a cache has lost it now: starting with items that it must load first would be unfair.
    if (contenders[key].keepsState) this.#items = [];
    const open = await contenders[key].load();
    const contender = await open(servers, connections);
    this.#opened = { contender, connections };
    return contender;
  }
}
