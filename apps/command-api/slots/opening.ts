import { slotAggregate, stockAggregate } from '#aggregates';
import { slotAnswer, type SlotAnswer } from '#answers';
import type { Numbers } from '#commands';
import { slotStock, slotStream, stockStream, type SlotFacts, type StockCommand } from '#domain';
import { problem, Problem } from '#http';
import { afterFirst, type Asked, type Commands } from '../commands/commands.ts';
import type { KnownSlots } from './known-slots.ts';

interface Wanted {
  readonly capacity?: number;
  readonly title?: string | null;
  readonly startsAt?: Date | null;
  readonly endsAt?: Date | null;
}

const numbersTriedMax = 20;

/**
 * A slot is two streams: what it is, and the stock of its places. A request that changes both does so one after the
 * other, each with a command id of its own, so that a retry with the same key goes on where the first try stopped.
 */
export class Opening {
  constructor(
    private readonly commands: Commands,
    private readonly numbers: Numbers,
    private readonly slots: KnownSlots,
  ) {}

  async open(chosenId: number | undefined, wanted: Wanted & { capacity: number }, asked: Asked): Promise<SlotAnswer> {
    const facts =
      chosenId === undefined ? await this.#openNext(wanted, asked) : await this.#openAs(chosenId, wanted, asked);
    if (chosenId !== undefined) await afterFirst(() => this.numbers.passOver('slot', chosenId));
    return afterFirst(async () => {
      await this.#stock(facts.slotId, { type: 'SetClosingTime', closesAt: facts.startsAt }, asked);
      await this.#stock(facts.slotId, { type: 'SetCapacity', capacity: wanted.capacity }, asked);
      return this.#answer(facts.slotId);
    });
  }

  /** The capacity first: it alone can be refused, and then nothing has changed. */
  async change(slotId: number, wanted: Wanted, asked: Asked): Promise<SlotAnswer> {
    const { facts } = await this.slots.find(slotId);
    const times = timesOf(wanted);
    refuseToEndEarly({ ...facts, ...times });
    const { capacity, title } = wanted;
    if (capacity !== undefined) await this.#stock(slotId, { type: 'SetCapacity', capacity }, asked);
    return afterFirst(async () => {
      const { startsAt } = times;
      if (startsAt !== undefined) await this.#stock(slotId, { type: 'SetClosingTime', closesAt: startsAt }, asked);
      const command = { type: 'ChangeSlot', ...times, ...(title === undefined ? {} : { title }) } as const;
      await this.commands.apply(slotAggregate, slotStream(slotId), command, this.commands.step(asked, 'slot'));
      return this.#answer(slotId);
    });
  }

  /** Numbers of somebody's choice may lie where the next one would. */
  async #openNext(wanted: Wanted, asked: Asked): Promise<SlotFacts> {
    for (let tried = 1; ; tried++) {
      const { commandId } = this.commands.step(asked, `number ${tried}`).context;
      const slotId = await this.numbers.assign('slot', commandId, 'slot');
      try {
        return await this.#openAs(slotId, wanted, asked);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'ID_TAKEN' || tried >= numbersTriedMax) throw error;
      }
    }
  }

  async #openAs(slotId: number, { title = null, ...wanted }: Wanted, asked: Asked): Promise<SlotFacts> {
    const { startsAt = null, endsAt = null } = timesOf(wanted);
    const command = { type: 'OpenSlot', slotId, title, startsAt, endsAt } as const;
    const { event } = await this.commands.record(slotAggregate, slotStream(slotId), command, 'SlotOpened', asked);
    return event;
  }

  async #stock(slotId: number, command: StockCommand, asked: Asked): Promise<void> {
    const step = this.commands.step(asked, command.type);
    await this.commands.apply(stockAggregate, stockStream(slotStock(slotId)), command, step);
  }

  async #answer(slotId: number): Promise<SlotAnswer> {
    const [{ facts }, { balance }] = await Promise.all([
      this.slots.find(slotId),
      this.commands.read(stockAggregate, stockStream(slotStock(slotId))),
    ]);
    const times = {
      startsAt: dateOf(facts.startsAt),
      endsAt: dateOf(facts.endsAt),
      createdAt: new Date(facts.createdAt),
    };
    return slotAnswer({ ...facts, ...times }, balance);
  }
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

function timesOf({ startsAt, endsAt }: Wanted): { startsAt?: number | null; endsAt?: number | null } {
  return {
    ...(startsAt === undefined ? {} : { startsAt: startsAt?.getTime() ?? null }),
    ...(endsAt === undefined ? {} : { endsAt: endsAt?.getTime() ?? null }),
  };
}

function refuseToEndEarly({ startsAt, endsAt }: Pick<SlotFacts, 'startsAt' | 'endsAt'>): void {
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    throw problem('SLOT_ENDS_TOO_EARLY', { startsAt, endsAt });
}
