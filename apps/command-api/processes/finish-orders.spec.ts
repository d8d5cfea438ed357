import { setTimeout as pause } from 'node:timers/promises';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import type { CommandContext } from '#commands';
import { reject } from '#domain';
import { createMetrics, type Registry } from '#platform';
import type { UnfinishedOrders } from '#read-models';
import { UseCases, useCasesModule } from '#use-cases';
import { FinishOrder } from '../orders/finish-order.ts';
import { FinishOrders } from './finish-orders.ts';

describe('the process that finishes orders', () => {
  const orders = Array.from({ length: 40 }, (_, index) => `ord_${index}`);
  const signal = new AbortController().signal;
  let execute: (orderId: string, context: CommandContext) => unknown;
  let asked: (readonly [before: Date, now: Date])[];
  let registry: Registry;
  let app: INestApplicationContext;
  let process: FinishOrders;

  const unfinished = {
    list: async (before: Date, now: Date) => {
      asked.push([before, now]);
      return orders;
    },
  } as unknown as UnfinishedOrders;

  @CommandHandler(FinishOrder)
  class Finishing implements ICommandHandler<FinishOrder> {
    async execute({ orderId, context }: FinishOrder) {
      const rejected = await execute(orderId, context);
      return (rejected ?? { value: { status: 'pending' }, write: undefined }) as never;
    }
  }

  beforeEach(async () => {
    asked = [];
    registry = createMetrics('test');
    @Module({ imports: [useCasesModule([Finishing], [], registry)] })
    class Orders {}
    app = await NestFactory.createApplicationContext(Orders, { logger: false });
    process = new FinishOrders(app.get(UseCases), unfinished);
  });

  afterEach(() => app.close());

  it('goes on with each order that is left, over the bus', async () => {
    const sent: string[] = [];
    execute = (orderId) => void sent.push(orderId);
    await process.round(signal);
    expect(sent).toEqual(orders);
    const labels = '.*command="FinishOrder",outcome="done".*';
    expect(await registry.metrics()).toMatch(new RegExp(`holdfast_command_seconds_count\\{${labels}\\} 40`));
  });

  it('asks for those that were left a second ago, and for those whose payment is due now', async () => {
    execute = () => undefined;
    const began = Date.now();
    await process.round(signal);
    const [[before, now]] = asked as [[Date, Date]];
    expect(now.getTime() - before.getTime()).toBe(1000);
    expect(now.getTime()).toBeGreaterThanOrEqual(began);
    expect(now.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("goes on with each with an id and a deadline of its own, on nobody's behalf", async () => {
    const contexts: CommandContext[] = [];
    execute = (_, context) => void contexts.push(context);
    const before = Date.now();
    await process.round(signal);
    expect(new Set(contexts.map(({ commandId }) => commandId)).size).toBe(40);
    for (const { commandId, correlationId, userId, deadline } of contexts) {
      expect({ correlationId, userId }).toEqual({ correlationId: commandId, userId: null });
      expect(deadline).toBeGreaterThanOrEqual(before + 5000);
    }
  });

  it('goes on with the others when many fail, and fails after the last', async () => {
    const failing = new Set(orders.slice(0, 20));
    const sent: string[] = [];
    execute = (orderId) => {
      sent.push(orderId);
      if (failing.has(orderId)) throw new Error('unreadable');
    };
    await expect(process.round(signal)).rejects.toThrow(
      'orders that were not finished: 20; the first because of: unreadable',
    );
    expect(sent).toEqual(orders);
  });

  it('fails for an order that the event store does not have', async () => {
    execute = (orderId) => (orderId === 'ord_3' ? reject({ code: 'ORDER_NOT_FOUND' }) : undefined);
    await expect(process.round(signal)).rejects.toThrow(
      'orders that were not finished: 1; the first because of: the event store has no order ord_3',
    );
  });

  it('begins nothing more when the time of a round is up, and goes on with the others in the next', async () => {
    const hasty = new FinishOrders(app.get(UseCases), unfinished, 20);
    const sent: string[] = [];
    let isOver: Promise<void> | undefined;
    execute = async (orderId) => {
      sent.push(orderId);
      // Begins after the timer of the round and is longer, so it ends later, however busy the machine is.
      isOver ??= pause(40);
      await isOver;
      throw new Error('unreadable');
    };
    await expect(hasty.round(signal)).rejects.toThrow('orders that were not finished: 16;');
    expect(sent.splice(0)).toEqual(orders.slice(0, 16));
    execute = (orderId) => void sent.push(orderId);
    await hasty.round(signal);
    expect(sent).toEqual([...orders.slice(16), ...orders.slice(0, 16)]);
  });

  it('goes on with nothing more once it is to stop', async () => {
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
