import { contenders, type ContenderKey } from '../contenders/contenders.ts';
import type { Servers } from './contender.ts';
import { ContenderProcess } from './contender-process.ts';
import type { Pace } from './pace.ts';
import type { Scenario } from './scenarios.ts';
import type { Answer } from './task.ts';

const unitsOfEach = 100_000_000;
const unitsForSellOut = 20;
const onePool = [1];

export interface Calibrated {
  readonly connections: number;
  readonly perSecond: number;
}

/** One contender in one scenario: its process, its database, and its best pool size. */
export class Rival {
  readonly key: ContenderKey;
  readonly calibrations: Calibrated[] = [];
  readonly answers: Answer[] = [];
  readonly #scenario: Scenario;
  readonly #pace: Pace;
  readonly #servers: Servers;
  readonly #process: ContenderProcess;

  constructor(process: ContenderProcess, scenario: Scenario, pace: Pace, servers: Servers) {
    this.key = process.key;
    this.#process = process;
    this.#scenario = scenario;
    this.#pace = pace;
    this.#servers = servers;
  }

  /** The best pool size; undefined if there is no choice. */
  get connections(): number | undefined {
    const best = this.calibrations.toSorted((a, b) => b.perSecond - a.perSecond)[0]?.connections;
    return best ?? (contenders[this.key].pooled ? this.#poolSizes[0] : undefined);
  }

  /** One customer at a time needs only one connection. */
  get #poolSizes(): readonly number[] {
    return this.#scenario.inFlight === 1 ? onePool : this.#pace.poolSizes;
  }

  async calibrate(): Promise<void> {
    if (!contenders[this.key].pooled || this.#poolSizes.length === 1) return;
    for (const connections of this.#poolSizes) {
      const { bought, seconds } = await this.#perform(connections, this.#pace.calibrateMs, unitsOfEach);
      this.calibrations.push({ connections, perSecond: bought / seconds });
    }
  }

  async measure(): Promise<void> {
    this.answers.push(await this.#perform(this.connections ?? 1, this.#pace.measureMs, unitsOfEach));
  }

  /** Few units and many customers: throws on overselling. */
  async sellOut(): Promise<void> {
    const { recorded } = await this.#perform(this.connections ?? 1, this.#pace.measureMs, unitsForSellOut);
    const units = unitsForSellOut * this.#scenario.itemsCount;
    if (recorded > units) throw new Error(`${this.key} sold ${recorded} of ${units} units`);
  }

  async end(): Promise<void> {
    await this.#process.end();
  }

  async #perform(connections: number, measureMs: number, units: number): Promise<Answer> {
    const { itemsCount, eventsBefore, inFlight } = this.#scenario;
    const scarce = units < unitsOfEach;
    const answer = await this.#process.perform({
      contender: this.key,
      servers: this.#servers,
      connections,
      itemsCount,
      // With ten thousand items, each gains an event or two per repeat; a single item gains thousands.
      sameItems: itemsCount > 1 && !scarce,
      units,
      purchasesBefore: scarce ? 0 : eventsBefore - 1,
      load: { inFlight, measureMs, warmUpMs: this.#pace.warmUpMs },
    });
    const { recorded, boughtInAll, abandoned } = answer;
    if (recorded < boughtInAll || recorded > boughtInAll + abandoned) {
      throw new Error(`${this.key} sold ${boughtInAll} units, gave ${abandoned} up, and recorded ${recorded}`);
    }
    if (process.env['BENCH_TRACE'])
      console.error(
        this.key,
        connections,
        Math.round(answer.bought / answer.seconds),
        answer.abandoned,
        answer.errors,
        process.uptime().toFixed(1),
      );
    return answer;
  }
}
