import type { CommandRuntime } from '#commands';
import { itemStock, stockStream } from '#domain';
import { createMetrics } from '#platform';
import type { DueList } from '#read-models';
import { ExpireDueHolds } from './expire-due-holds.ts';

describe('the process that ends due holds', () => {
  const stocks = Array.from({ length: 40 }, (_, index) => itemStock(`item-${index}`));

  function expiry(sent: (stream: string, command: object) => void): ExpireDueHolds {
    const runtime = { execute: async (_: object, stream: string, command: object) => sent(stream, command) };
    return new ExpireDueHolds({
      runtime: runtime as unknown as CommandRuntime,
      due: { stocks: async () => stocks } as unknown as DueList,
      registry: createMetrics('test'),
    });
  }

  it('sends one command to each stock that has due holds', async () => {
    const sent: (readonly [string, object])[] = [];
    await expiry((...command) => void sent.push(command)).round(new AbortController().signal);
    expect(sent).toEqual(stocks.map((stock) => [stockStream(stock), { type: 'ExpireDue' }]));
  });

  it('sends nothing more once it is to stop', async () => {
    const stopping = new AbortController();
    let sent = 0;
    await expiry(() => {
      sent += 1;
      stopping.abort();
    }).round(stopping.signal);
    expect(sent).toBe(1);
  });
});
