export interface SendingTask {
  readonly way: SendingWay;
  /** A new database of Holdfast, which only Holdfast uses. */
  readonly postgres: string;
  readonly endpoints: readonly string[];
  readonly warmUpEvents: number;
  readonly measuredEvents: number;
}

export const sendingWays = {
  holdfast: 'Holdfast',
  'bare-loop': 'a bare loop of signed requests',
} as const;
export type SendingWay = keyof typeof sendingWays;

/** Of the measured deliveries. */
export interface Sent {
  readonly deliveries: number;
  readonly seconds: number;
  readonly cpuMicros: number;
}

/** Measures the time and the CPU of this process. */
export async function timed(deliveries: number, work: () => Promise<void>): Promise<Sent> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { deliveries, seconds, cpuMicros: user + system };
}
