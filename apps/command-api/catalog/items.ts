import { Injectable } from '@nestjs/common';
import { CommandRuntime, Numbers } from '#commands';
import { isRejected, itemAggregate, reject, type KnownItem, type Rejected } from '#domain';
import type { Item, ItemCommand, ItemEvent, ItemRejection } from '#domain';
import { canBeId } from '#ids';
import { Streams } from '#use-cases';

type NotFound = Rejected<{ readonly code: 'ITEM_NOT_FOUND' }>;

/** An item as the catalog has it. */
export interface ListedItem {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly price: number;
  readonly discontinued: boolean;
  readonly createdAt: string | null;
}

/** The items of the catalog, by id or by number. */
@Injectable()
export class Items extends Streams<string, Item, ItemCommand, ItemEvent, ItemRejection> {
  readonly #numbers: Numbers;

  constructor(runtime: CommandRuntime, numbers: Numbers) {
    super(runtime, itemAggregate);
    this.#numbers = numbers;
  }

  /** The id that is meant, of an item that may or may not exist. */
  async idOf(idOrNumber: string): Promise<{ readonly id: string } | NotFound> {
    if (!canBeId(idOrNumber)) return reject({ code: 'ITEM_NOT_FOUND' });
    const isNumber = /^\d+$/.test(idOrNumber);
    const id = isNumber ? await this.#numbers.targetOf('item', Number(idOrNumber)) : idOrNumber;
    return id === undefined ? reject({ code: 'ITEM_NOT_FOUND' }) : { id };
  }

  async find(idOrNumber: string): Promise<{ readonly id: string; readonly item: KnownItem } | NotFound> {
    const found = await this.idOf(idOrNumber);
    if (isRejected(found)) return found;
    const item = await this.of(found.id).read();
    return item.status === 'unknown' ? reject({ code: 'ITEM_NOT_FOUND' }) : { id: found.id, item };
  }
}

export function listed({ status, facts }: KnownItem): ListedItem {
  const { itemId: id, number, name, price, createdAt: at } = facts;
  const createdAt = at === null ? null : new Date(at).toISOString();
  return { id, number, name, price, discontinued: status === 'discontinued', createdAt };
}
