import { setImmediate } from 'node:timers/promises';
import { OutcomeUnknown } from '#event-store';
import type { CommandContext } from './command.ts';
import { CommandQueue, QueuedCommand, stillWanted } from './command-queue.ts';
import { InDoubt, NotInTime, Overloaded } from './errors.ts';

const unchanged = { outcome: 'unchanged', at: 5 } as const;
const soonMs = 30;

function contextOf(patienceMs: number): CommandContext {
  return { commandId: 'c', correlationId: 'c', userId: null, deadline: Date.now() + patienceMs };
}

const open: QueuedCommand[] = [];

afterEach(() => {
  for (const command of open.splice(0)) command.answer(unchanged);
});

function queued(patienceMs = 60_000): QueuedCommand {
  const command = new QueuedCommand('command', contextOf(patienceMs), 1);
  open.push(command);
  return command;
}

function failureOf({ outcome }: QueuedCommand): Promise<unknown> {
  return outcome.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Whether the promise is settled by now, without waiting for anything but what is already under way. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => (settled = true);
  promise.then(settle, settle);
  await setImmediate();
  return settled;
}

describe('a command in the queue', () => {
  it('gets the answer that is found for it', async () => {
    const command = queued();
    expect(command.isStillWanted()).toBe(true);
    command.answer(unchanged);
    expect(await command.outcome).toBe(unchanged);
    expect(command.isStillWanted()).toBe(false);
  });

  it('has the answer that came first', async () => {
    const [answered, failed] = [queued(), queued()];
    answered.answer(unchanged);
    answered.answer({ outcome: 'rejected', rejection: 'no', at: 6 });
    const doubt = new InDoubt('reads are away', Promise.resolve());
    failed.fail(doubt);
    failed.answer(unchanged);
    expect([await answered.outcome, await failureOf(failed)]).toEqual([unchanged, doubt]);
  });

  it('fails as what it needed failed', async () => {
    const command = queued();
    const error = new Error('a defect');
    command.fail(error);
    expect(await failureOf(command)).toBe(error);
    expect(command.isStillWanted()).toBe(false);
  });

  it('that was not started by its deadline is over, and recorded nothing', async () => {
    const command = queued(soonMs);
    const failure = await failureOf(command);
    expect(failure).toBeInstanceOf(NotInTime);
    expect(failure).toMatchObject({ message: 'the command was not started before its deadline; nothing was recorded' });
    expect(command.isStillWanted()).toBe(false);
  });

  it('waits for as long as its caller does', async () => {
    const asked = performance.now();
    const [patient, hasty] = [queued(), queued(soonMs)];
    await failureOf(hasty);
    expect(performance.now() - asked).toBeGreaterThanOrEqual(soonMs - 1);
    expect(await isSettled(patient.outcome)).toBe(false);
  });

  it('keeps no timer once it is over', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    const commands = [queued(), queued(), queued(100)] as const;
    expect(timers()).toBe(before + 3);
    commands[0].answer(unchanged);
    expect(timers()).toBe(before + 2);
    commands[1].fail(new Error('a defect'));
    expect(timers()).toBe(before + 1);
    while (Date.now() < commands[2].context.deadline);
    expect(commands[2].isStillWanted()).toBe(false);
    expect(timers()).toBe(before);
    await Promise.allSettled(commands.map(({ outcome }) => outcome));
  });

  it('is over at its deadline, though the process was too busy to notice', async () => {
    const command = queued(1);
    while (Date.now() < command.context.deadline);
    expect(command.isStillWanted()).toBe(false);
    expect(await failureOf(command)).toBeInstanceOf(NotInTime);
  });
});

describe('a command whose deadline is now', () => {
  it('is over', () => {
    for (;;) {
      const command = queued(0);
      command.outcome.catch(() => undefined);
      const isWanted = command.isStillWanted();
      if (Date.now() > command.context.deadline) continue;
      expect(isWanted).toBe(false);
      return;
    }
  });
});

describe('a command that was started and is not answered by its deadline', () => {
  async function doubted(): Promise<{ command: QueuedCommand; doubt: InDoubt }> {
    const command = queued(1);
    command.taken = true;
    const doubt = (await failureOf(command)) as InDoubt;
    expect(doubt).toBeInstanceOf(InDoubt);
    expect(doubt.message).toBe('the event store did not answer in time');
    return { command, doubt };
  }

  it('stays in doubt until its outcome is known', async () => {
    const { command, doubt } = await doubted();
    expect(await isSettled(doubt.settled)).toBe(false);
    command.answer(unchanged);
    expect(await doubt.settled).toBeUndefined();
  });

  it('is in doubt no more once nothing was recorded for it', async () => {
    const { command, doubt } = await doubted();
    expect(stillWanted([command])).toEqual([]);
    expect(await doubt.settled).toBeUndefined();
  });

  it('is in doubt no more once it failed for certain', async () => {
    const { command, doubt } = await doubted();
    command.fail(new Error('a defect'));
    expect(await doubt.settled).toBeUndefined();
  });

  it('stays in doubt for good if its append was never settled', async () => {
    const { command, doubt } = await doubted();
    const unknown = new OutcomeUnknown('never answered');
    command.fail(unknown);
    command.answer(unchanged);
    await expect(doubt.settled).rejects.toBe(unknown);
  });
});

describe('a command whose append was never settled', () => {
  it('is in doubt, and stays so', async () => {
    const command = queued();
    const unknown = new OutcomeUnknown('never answered');
    command.fail(unknown);
    const doubt = (await failureOf(command)) as InDoubt;
    expect(doubt).toBeInstanceOf(InDoubt);
    expect(doubt.message).toBe('never answered');
    await expect(doubt.settled).rejects.toBe(unknown);
  });

  it('is in the doubt that was found for it', async () => {
    const command = queued();
    const found = new InDoubt('reads are away', Promise.resolve());
    command.fail(found);
    expect(await failureOf(command)).toBe(found);
  });
});

describe('a queue of commands', () => {
  const wide = { commandsMax: 100, bytesMax: 1000 };

  function push(queue: CommandQueue, bytes = 1, patienceMs = 60_000): QueuedCommand {
    const command = queue.push('command', contextOf(patienceMs), bytes);
    command.outcome.catch(() => undefined);
    open.push(command);
    return command;
  }

  it('holds exactly as many commands as it may', () => {
    const queue = new CommandQueue({ ...wide, commandsMax: 2 });
    for (let n = 0; n < 2; n++) push(queue);
    expect(queue.length).toBe(2);
    expect(() => push(queue)).toThrow(new Overloaded('2 commands are already waiting for this stream'));
    expect(queue.length).toBe(2);
  });

  it('holds exactly as many bytes as it may, of what is waiting', () => {
    const queue = new CommandQueue({ ...wide, bytesMax: 10 });
    const first = push(queue, 4);
    push(queue, 6);
    expect(() => push(queue, 1)).toThrow(Overloaded);
    expect(queue.take(1)).toEqual([first]);
    push(queue, 4);
    expect(() => push(queue, 1)).toThrow(Overloaded);
    const [second, third] = queue.take(2) as [QueuedCommand, QueuedCommand];
    queue.putBack([second, third]);
    expect(() => push(queue, 1)).toThrow(Overloaded);
  });

  it('gives the first, up to a number, and from then on their outcome may be unknown', () => {
    const queue = new CommandQueue(wide);
    const [one, two, three] = [push(queue), push(queue), push(queue)];
    expect([one.taken, two.taken]).toEqual([false, false]);
    expect(queue.take(2)).toEqual([one, two]);
    expect([one, two, three].map(({ taken }) => taken)).toEqual([true, true, false]);
    expect(queue.length).toBe(1);
  });

  it('takes back what found no room, before all others: it is not started any more', () => {
    const queue = new CommandQueue(wide);
    const [one, two, three] = [push(queue), push(queue), push(queue)];
    queue.putBack(queue.take(2));
    expect([one.taken, two.taken]).toEqual([false, false]);
    expect(queue.take(3)).toEqual([one, two, three]);
  });

  it('leaves out those whose callers have given up', async () => {
    const queue = new CommandQueue(wide);
    const [late, other] = [push(queue, 1, 1), push(queue)];
    await failureOf(late);
    expect(queue.take(2)).toEqual([other]);
    expect(late.taken).toBe(false);
    expect(queue.length).toBe(0);
  });
});
