import { itemAggregate, type KnownItem } from '#domain';
import type { Numbers } from '#commands';
import { problem } from '#http';
import { canBeId } from '#ids';
import type { Commands } from '../commands/commands.ts';

/** Finds the items that requests name, by id or by number. */
export class KnownItems {
  constructor(
    private readonly commands: Commands,
    private readonly numbers: Numbers,
  ) {}

  /** The id that is meant, of an item that may or may not exist. */
  async idOf(idOrNumber: string): Promise<string> {
    if (!canBeId(idOrNumber)) throw problem('ITEM_NOT_FOUND');
    const isNumber = /^\d/.test(idOrNumber);
    const itemId = isNumber ? await this.numbers.targetOf('item', Number(idOrNumber)) : idOrNumber;
    if (itemId === undefined) throw problem('ITEM_NOT_FOUND');
    return itemId;
  }

  async find(idOrNumber: string): Promise<{ itemId: string; item: KnownItem }> {
    const itemId = await this.idOf(idOrNumber);
    const item = await this.commands.read(itemAggregate, itemAggregate.streamOf(itemId));
    if (item.status === 'unknown') throw problem('ITEM_NOT_FOUND');
    return { itemId, item };
  }
}
