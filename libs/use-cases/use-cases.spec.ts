import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command, CommandHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { makePosition } from '#event-store';
import { createMetrics } from '#platform';
import { done, answering, rejectField, UseCases, useCasesModule, type Write } from './index.ts';

class Greet extends Command<string | Rejected<{ code: 'NOBODY_THERE' }>> {
  constructor(readonly name: string) {
    super();
  }
}

@CommandHandler(Greet)
class GreetHandler {
  async execute({ name }: Greet): Promise<string | Rejected<{ code: 'NOBODY_THERE' }>> {
    if (name === 'nobody') return reject({ code: 'NOBODY_THERE' });
    if (name === 'trouble') throw new Error('no voice');
    return `hello ${name}`;
  }
}

@CommandHandler(Greet)
class OtherGreetHandler extends GreetHandler {}

class CountGreetings extends Query<number> {}

@QueryHandler(CountGreetings)
class CountGreetingsHandler {
  async execute(): Promise<number> {
    return 7;
  }
}

describe('use cases', () => {
  it('are carried by the buses, timed and counted by name and outcome', async () => {
    const registry = createMetrics('test');
    @Module({ imports: [useCasesModule([GreetHandler, CountGreetingsHandler], [], registry)] })
    class Greetings {}
    const app = await NestFactory.createApplicationContext(Greetings, { logger: false });
    const useCases = app.get(UseCases);
    expect(await useCases.execute(new Greet('ann'))).toBe('hello ann');
    expect(await useCases.execute(new Greet('nobody'))).toEqual({ rejection: { code: 'NOBODY_THERE' } });
    await expect(useCases.execute(new Greet('trouble'))).rejects.toThrow('no voice');
    expect(await useCases.ask(new CountGreetings())).toBe(7);
    const told = await registry.metrics();
    for (const outcome of ['done', 'rejected', 'failed'])
      expect(told).toMatch(
        new RegExp(`holdfast_command_seconds_count\\{.*command="Greet",outcome="${outcome}".*\\} 1`),
      );
    expect(told).toMatch(/holdfast_query_seconds_count\{.*query="CountGreetings",outcome="done".*\} 1/);
    await app.close();
  });

  it('with two handlers end the start', () => {
    expect(() => useCasesModule([GreetHandler, OtherGreetHandler], [], createMetrics('test'))).toThrow(
      'Greet has two handlers: GreetHandler and OtherGreetHandler',
    );
  });
});

describe('a result of several writes', () => {
  function write(at: bigint, repeated = false): Write {
    return { stream: `greeting-${at}`, position: makePosition('test', at), repeated };
  }

  it('names the latest, whichever was answered last, and is a repeat if one of them is', () => {
    expect(done('ann', write(7n), undefined, write(9n), write(8n)).write).toEqual(write(9n));
    expect(done('ann', write(7n, true), write(9n)).write).toEqual(write(9n, true));
    expect(done('ann', undefined).write).toBeUndefined();
  });
});

describe('an outcome whose value is seen otherwise', () => {
  it('keeps the write to wait for', async () => {
    const write = { stream: 'greeting-1', position: makePosition('test', 7n), repeated: true } as const;
    expect(await answering(Promise.resolve(done('ann', write)), (name) => `hello ${name}`)).toEqual({
      value: 'hello ann',
      write,
    });
  });

  it('stays a rejection', async () => {
    const rejected = rejectField('name', 'text', { min: 1, max: 9 });
    expect(await answering(Promise.resolve(rejected), () => 'hello')).toEqual({
      rejection: { code: 'VALIDATION_FAILED', field: 'name', rule: 'text', facts: { min: 1, max: 9 } },
    });
  });
});
