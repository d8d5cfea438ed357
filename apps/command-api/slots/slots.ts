import { CommandRuntime } from '#commands';
import { isRejected, reject, slotAggregate, type KnownSlot, type Rejected } from '#domain';
import type { Slot, SlotCommand, SlotEvent, SlotRejection } from '#domain';
import { Streams } from '#use-cases';

type NotFound = Rejected<{ readonly code: 'SLOT_NOT_FOUND' }>;

/** The slots, by their numbers. */
export class Slots extends Streams<number, Slot, SlotCommand, SlotEvent, SlotRejection> {
  constructor(runtime: CommandRuntime) {
    super(runtime, slotAggregate);
  }

  /** The number that is meant, of a slot that may or may not exist. */
  idOf(number: string): { readonly id: number } | NotFound {
    return /^[1-9]\d{0,9}$/.test(number) ? { id: Number(number) } : reject({ code: 'SLOT_NOT_FOUND' });
  }

  async find(id: number): Promise<KnownSlot | NotFound> {
    const slot = await this.of(id).read();
    return slot.status === 'unknown' ? reject({ code: 'SLOT_NOT_FOUND' }) : slot;
  }

  /** A stock that has no place left may be of a slot that never was: looked up only then, for it is a read. */
  async unknownOr<R extends { readonly code: string }>(
    rejected: Rejected<R>,
    id: number,
  ): Promise<Rejected<R> | NotFound> {
    if (rejected.rejection.code !== 'INSUFFICIENT_STOCK') return rejected;
    const found = await this.find(id);
    return isRejected(found) ? found : rejected;
  }
}
