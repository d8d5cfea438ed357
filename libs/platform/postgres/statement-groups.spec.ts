import { StatementGroups } from './statement-groups.ts';

class TooMany extends Error {
  override readonly name = 'TooMany';
}

function groups(fate: (inputs: readonly string[]) => Error | undefined = () => undefined) {
  const statements: (readonly string[])[] = [];
  const open = Promise.withResolvers<void>();
  const group = new StatementGroups<string, string>({
    rejection: TooMany,
    name: (input) => input.slice(0, 2),
    run: async (inputs) => {
      statements.push(inputs);
      await open.promise;
      const error = fate(inputs);
      if (error !== undefined) throw error;
      return inputs.map((input) => `${input} done`);
    },
  });
  return { group, statements, open: open.resolve };
}

const failure = (code: string) => Object.assign(new Error(code), { code });

describe('rows that are written at the same time', () => {
  it('share a statement, each with its own outcome', async () => {
    const { group, statements, open } = groups();
    open();
    expect(await Promise.all(['a', 'b', 'c'].map((input) => group.run(input)))).toEqual(['a done', 'b done', 'c done']);
    expect(statements).toEqual([['a', 'b', 'c']]);
  });

  it('are never twice in a statement, since it could write only one of the two', async () => {
    const { group, statements, open } = groups();
    open();
    await Promise.all(['a1', 'a1 again', 'a2'].map((input) => group.run(input)));
    expect(statements).toEqual([['a1', 'a2'], ['a1 again']]);
  });

  it('wait while two statements run, of five hundred rows at most', async () => {
    const { group, statements, open } = groups();
    const rows = [group.run('a')];
    await new Promise(setImmediate);
    rows.push(group.run('b'));
    await new Promise(setImmediate);
    for (let row = 10; row < 99; row++) rows.push(group.run(String(row)));
    await new Promise(setImmediate);
    expect(statements).toEqual([['a'], ['b']]);
    open();
    await Promise.all(rows);
    expect(statements).toHaveLength(3);
  });

  it('wait for one statement, if a second would only wait for the first', async () => {
    const statements: number[] = [];
    const open = Promise.withResolvers<void>();
    const run = async (inputs: readonly string[]) => {
      statements.push(inputs.length);
      await open.promise;
      return inputs;
    };
    const group = new StatementGroups<string, string>({ run, statementsAtOnceMax: 1, rejection: TooMany });
    const rows = [group.run('a')];
    await new Promise(setImmediate);
    rows.push(group.run('b'), group.run('c'));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(statements).toEqual([1]);
    open.resolve();
    await Promise.all(rows);
    expect(statements).toEqual([1, 2]);
  });

  it('may be alike, if nobody says that they must not be, as many as said', async () => {
    const statements: number[] = [];
    const run = async (inputs: readonly string[]) => (statements.push(inputs.length), inputs);
    const group = new StatementGroups<string, string>({ run, groupMax: 2, rejection: TooMany });
    expect(await Promise.all(['a', 'a', 'a'].map((input) => group.run(input)))).toEqual(['a', 'a', 'a']);
    expect(statements).toEqual([2, 1]);
  });

  it('are tried one by one when one of them is at fault', async () => {
    const { group, statements, open } = groups((inputs) => (inputs.includes('b') ? failure('23503') : undefined));
    open();
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((input) => group.run(input)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(statements).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
  });

  it('fail together in an outage', async () => {
    const { group, statements, open } = groups(() => failure('57P01'));
    open();
    const outcomes = await Promise.allSettled(['a', 'b'].map((input) => group.run(input)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(statements).toHaveLength(1);
  });

  it('are limited in number', async () => {
    const { group, open } = groups();
    const rows = Array.from({ length: 10_001 }, () => group.run('same'));
    const last = await rows.at(-1)?.catch((error: unknown) => error);
    expect(last).toMatchObject({ name: 'TooMany' });
    for (const row of rows) row.catch(() => undefined);
    open();
  });
});
