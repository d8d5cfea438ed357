import { slotAggregate, type KnownSlot } from '#domain';
import { problem } from '#http';
import type { Commands } from '../commands/commands.ts';

/** Finds the slots that requests name. */
export class KnownSlots {
  constructor(private readonly commands: Commands) {}

  /** The number that is meant, of a slot that may or may not exist. */
  idOf(segment: string): number {
    if (!/^[1-9]\d{0,9}$/.test(segment)) throw problem('SLOT_NOT_FOUND');
    return Number(segment);
  }

  async find(slotId: number): Promise<KnownSlot> {
    const slot = await this.commands.read(slotAggregate, slotAggregate.streamOf(slotId));
    if (slot.status === 'unknown') throw problem('SLOT_NOT_FOUND');
    return slot;
  }
}
