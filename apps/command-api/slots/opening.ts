import {
  isRejected,
  slotAggregate,
  slotStock,
  stockAggregate,
  stockStream,
  type SlotFacts,
  type StockCommand,
} from '#domain';
import { slotAnswer, type SlotAnswer } from '#answers';
import type { Numbers } from '#commands';
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
      await this.#closeAtStart(facts.slotId, asked);
      // A new stock has none: recorded as nothing, it would take back on a retry what was set since.
      if (wanted.capacity > 0) await this.#setCapacity(facts.slotId, wanted.capacity, asked);
      return this.#answer(facts.slotId);
    });
  }

  /**
   * What is refused has changed nothing: the slot refuses times before anything else is done, and a capacity that the
   * stock does not seem to take is tried before that. (Who books in that very moment can still make it too small.)
   */
  async change(slotId: number, wanted: Wanted, asked: Asked): Promise<SlotAnswer> {
    const { facts } = await this.slots.find(slotId);
    const times = timesOf(wanted);
    refuseToEndEarly({ ...facts, ...times });
    const { capacity, title } = wanted;
    if (capacity !== undefined && !(await this.#seemsToTake(slotId, capacity)))
      await this.#setCapacity(slotId, capacity, asked);
    const command = { type: 'ChangeSlot', ...times, ...(title === undefined ? {} : { title }) } as const;
    await this.commands.apply(
      slotAggregate,
      slotAggregate.streamOf(slotId),
      command,
      this.commands.step(asked, 'slot'),
    );
    return afterFirst(async () => {
      await this.#closeAtStart(slotId, asked);
      if (capacity !== undefined) await this.#setCapacity(slotId, capacity, asked);
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
    const { event } = await this.commands.record(
      slotAggregate,
      slotAggregate.streamOf(slotId),
      command,
      'SlotOpened',
      asked,
    );
    return event;
  }

  /** Another request may change the slot meanwhile: the stock closes when the slot starts, whoever comes last. */
  async #closeAtStart(slotId: number, asked: Asked): Promise<void> {
    for (let closesAt: number | null | undefined; ;) {
      const { startsAt } = (await this.slots.find(slotId)).facts;
      if (startsAt === closesAt) return;
      closesAt = startsAt;
      await this.#stock(slotId, { type: 'SetClosingTime', closesAt }, this.commands.afresh(asked));
    }
  }

  async #seemsToTake(slotId: number, capacity: number): Promise<boolean> {
    const state = await this.commands.read(stockAggregate, stockStream(slotStock(slotId)));
    return !isRejected(stockAggregate.decide({ type: 'SetCapacity', capacity, at: Date.now() }, state));
  }

  #setCapacity(slotId: number, capacity: number, asked: Asked): Promise<void> {
    return this.#stock(slotId, { type: 'SetCapacity', capacity }, this.commands.step(asked, 'SetCapacity'));
  }

  async #stock(slotId: number, command: StockCommand, asked: Asked): Promise<void> {
    await this.commands.apply(stockAggregate, stockStream(slotStock(slotId)), command, asked);
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
