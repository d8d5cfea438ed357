import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CommandRuntime, Numbers } from '#commands';
import { isRejected, itemAggregate, reject, type KnownItem, type Rejected } from '#domain';
import type { Item, ItemCommand, ItemDetails, ItemEvent, ItemId, ItemRejection } from '#domain';
import { canBeId } from '#ids';
import { Streams, withNewId, type UseCaseContext } from '#use-cases';
import type { Owners } from './unique-value.ts';

type NotFound = Rejected<{ readonly code: 'ITEM_NOT_FOUND' }>;

const numbersMax = 10_000;

/** The items of the catalog, by id or by number. */
@Injectable()
export class Items extends Streams<ItemId, Item, ItemCommand, ItemEvent, ItemRejection> {
  readonly #numbers: Numbers;
  /** The number of an item never changes. */
  readonly #numberOf = new LRUCache<ItemId, number>({ max: numbersMax });

  constructor(runtime: CommandRuntime, numbers: Numbers) {
    super(runtime, itemAggregate);
    this.#numbers = numbers;
  }

  /** The id that is meant, of an item that may or may not exist. */
  async idOf(idOrNumber: string): Promise<{ readonly id: ItemId } | NotFound> {
    if (!canBeId(idOrNumber)) return reject({ code: 'ITEM_NOT_FOUND' });
    const isNumber = /^\d+$/.test(idOrNumber);
    const id = isNumber ? await this.#numbers.targetOf('item', Number(idOrNumber)) : idOrNumber;
    return id === undefined ? reject({ code: 'ITEM_NOT_FOUND' }) : { id };
  }

  async find(idOrNumber: string): Promise<{ readonly id: ItemId; readonly item: KnownItem } | NotFound> {
    const found = await this.idOf(idOrNumber);
    if (isRejected(found)) return found;
    const item = await this.of(found.id).read();
    return item.status === 'unknown' ? reject({ code: 'ITEM_NOT_FOUND' }) : { id: found.id, item };
  }

  /** Undefined for an item that does not exist. */
  async numberOf(id: ItemId): Promise<number | undefined> {
    const known = this.#numberOf.get(id);
    if (known !== undefined) return known;
    const item = await this.of(id).read();
    if (item.status === 'unknown') return undefined;
    this.#numberOf.set(id, item.facts.number);
    return item.facts.number;
  }

  /** The items as owners of a field whose values are reserved. */
  ownersOf(field: keyof Pick<ItemDetails, 'sku' | 'categoryId'>, context: UseCaseContext): Owners {
    return {
      has: async (id, value) => {
        const item = await this.of(id).read();
        return item.status !== 'unknown' && item.facts[field] === value;
      },
      noteTime: async (id) => {
        const noted = await this.of(id).record('ItemTimeNoted', { type: 'NoteTime' }, withNewId(context));
        return isRejected(noted) ? 0 : noted.at;
      },
    };
  }
}
