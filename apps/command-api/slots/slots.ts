import { CommandRuntime } from '#commands';
import { reject, slotAggregate, type KnownSlot, type Rejected } from '#domain';
import type { Slot, SlotCommand, SlotEvent, SlotId, SlotRejection } from '#domain';
import { Streams } from '#use-cases';

type NotFound = Rejected<{ readonly code: 'SLOT_NOT_FOUND' }>;

/** The slots, by their numbers. */
export class Slots extends Streams<SlotId, Slot, SlotCommand, SlotEvent, SlotRejection> {
  constructor(runtime: CommandRuntime) {
    super(runtime, slotAggregate);
  }

  /** The number that is meant, of a slot that may or may not exist. */
  idOf(number: string): { readonly id: SlotId } | NotFound {
    return /^[1-9]\d{0,9}$/.test(number) ? { id: Number(number) } : reject({ code: 'SLOT_NOT_FOUND' });
  }

  async find(id: SlotId): Promise<KnownSlot | NotFound> {
    const slot = await this.of(id).read();
    return slot.status === 'unknown' ? reject({ code: 'SLOT_NOT_FOUND' }) : slot;
  }
}
