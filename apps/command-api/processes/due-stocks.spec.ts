import { setTimeout as pause } from 'node:timers/promises';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CommandContext, CommandRuntime } from '#commands';
import { itemStock, stockStream } from '#domain';
import { createMetrics, type Registry } from '#platform';
import type { DueList } from '#read-models';
import { UseCases, useCasesModule } from '#use-cases';
import { ExpireDueHoldsOfStockHandler } from '../holds/expire-due-holds-of-stock.ts';
import { MarkOverdueLendsOfStockHandler } from '../lending/mark-overdue-lends-of-stock.ts';
import { Stocks } from '../stock/stocks.ts';
import { DueStocks } from './due-stocks.ts';
import { expireDueHolds } from './expire-due-holds.ts';
import { markOverdueLends } from './mark-overdue-lends.ts';

describe.each([
  { what: 'ends due holds', work: expireDueHolds, Handler: ExpireDueHoldsOfStockHandler, type: 'ExpireDue' },
  { what: 'marks lends overdue', work: markOverdueLends, Handler: MarkOverdueLendsOfStockHandler, type: 'MarkOverdue' },
])('the process that $what', ({ work, Handler, type }) => {
  const stocks = Array.from({ length: 40 }, (_, index) => itemStock(`item-${index}`));
  const due = { stocks: async () => stocks } as unknown as DueList;
  const signal = new AbortController().signal;
  let execute: (stream: string, command: object, context: CommandContext) => void | Promise<void>;
  let registry: Registry;
  let app: INestApplicationContext;
  let process: DueStocks;

  beforeEach(async () => {
    const runtime = {
      execute: async (_: object, ...command: Parameters<typeof execute>) => {
        await execute(...command);
        return { outcome: 'unchanged' };
      },
    };
    const handledWith = [{ provide: Stocks, useValue: new Stocks(runtime as unknown as CommandRuntime) }];
    registry = createMetrics('test');
    @Module({ imports: [useCasesModule([Handler], handledWith, registry)] })
    class Handling {}
    app = await NestFactory.createApplicationContext(Handling, { logger: false });
    process = new DueStocks(work, app.get(UseCases), due);
  });

  afterEach(() => app.close());

  it('sends one command to each stock with something due', async () => {
    const sent: (readonly [string, object])[] = [];
    execute = (stream, command) => void sent.push([stream, command]);
    await process.round(signal);
    expect(sent).toEqual(stocks.map((stock) => [stockStream(stock), { type }]));
  });

  it('sends them over the bus, where they are timed and counted like those of requests', async () => {
    execute = () => undefined;
    await process.round(signal);
    const labels = `.*command="${Handler.name.replace('Handler', '')}",outcome="done".*`;
    expect(await registry.metrics()).toMatch(new RegExp(`holdfast_command_seconds_count\\{${labels}\\} 40`));
  });

  it("sends each with an id and a deadline of its own, on nobody's behalf", async () => {
    const contexts: CommandContext[] = [];
    execute = (_, __, context) => void contexts.push(context);
    const before = Date.now();
    await process.round(signal);
    expect(new Set(contexts.map(({ commandId }) => commandId)).size).toBe(40);
    for (const { commandId, correlationId, userId, deadline } of contexts) {
      expect({ correlationId, userId }).toEqual({ correlationId: commandId, userId: null });
      expect(deadline).toBeGreaterThanOrEqual(before + 5000);
    }
  });

  it('sends to the others when those of many stocks fail, and fails after the last', async () => {
    const failing = new Set(stocks.slice(0, 20).map((stock) => stockStream(stock)));
    const sent: string[] = [];
    execute = (stream) => {
      sent.push(stream);
      if (failing.has(stream)) throw new Error('unreadable');
    };
    await expect(process.round(signal)).rejects.toThrow(`${work.failed}: 20; the first because of: unreadable`);
    expect(sent).toEqual(stocks.map((stock) => stockStream(stock)));
  });

  it('begins nothing more when the time of a round is up, and goes on with the others in the next', async () => {
    const hasty = new DueStocks(work, app.get(UseCases), due, 20);
    const sent: string[] = [];
    let isOver: Promise<void> | undefined;
    execute = async (stream) => {
      sent.push(stream);
      // Begins after the timer of the round and is longer, so it ends later, however busy the machine is.
      isOver ??= pause(40);
      await isOver;
      throw new Error('unreadable');
    };
    const streams = stocks.map((stock) => stockStream(stock));
    await expect(hasty.round(signal)).rejects.toThrow(`${work.failed}: 16;`);
    expect(sent.splice(0)).toEqual(streams.slice(0, 16));
    execute = (stream) => void sent.push(stream);
    await hasty.round(signal);
    expect(sent).toEqual([...streams.slice(16), ...streams.slice(0, 16)]);
  });

  it('sends nothing more once it is to stop', async () => {
    const stopping = new AbortController();
    let sent = 0;
    execute = () => {
      sent += 1;
      stopping.abort();
    };
    await process.round(stopping.signal);
    expect(sent).toBe(1);
  });
});
