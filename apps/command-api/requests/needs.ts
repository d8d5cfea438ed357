import { isRejected, reject, requestKinds, unitsMax } from '#domain';
import type { Need, Rejected, RequestedItem, RequestKind, RequestRejection } from '#domain';
import { rejectField, type FieldRejection } from '#use-cases';
import type { Items } from '../catalog/items.ts';

export interface WantedNeed {
  readonly type: string;
  readonly items?: readonly WantedItem[] | undefined;
  readonly requiredQty?: number | undefined;
  /** Another name of `requiredQty`. */
  readonly qty?: number | undefined;
}

export interface WantedItem {
  /** Id or number of an item. */
  readonly id: string;
  readonly qty: number;
}

type NeededItem = Omit<RequestedItem, 'currentQty'>;

export interface ItemUnknown {
  readonly code: 'ITEM_UNKNOWN';
  readonly itemId: string;
}

export type QuantityRejection =
  | FieldRejection<'notWith', { readonly other: string }>
  | FieldRejection<'sum', { readonly of: string; readonly sum: number }>
  | FieldRejection<'integer', { readonly min: number; readonly max: number }>;

export type NeedRejection =
  | { readonly code: 'REQUEST_TYPE_UNKNOWN'; readonly type: string }
  | ItemUnknown
  | QuantityRejection
  | Extract<RequestRejection, { code: 'REQUEST_ITEMS_MISSING' | 'REQUEST_QTY_MISSING' }>;

/** What is needed, of what was asked for. */
export class Needs {
  constructor(private readonly items: Items) {}

  async of({ type, items = [], requiredQty, qty }: WantedNeed): Promise<Need | Rejected<NeedRejection>> {
    const kind = requestKinds.find((known) => known === type);
    if (kind === undefined) return reject({ code: 'REQUEST_TYPE_UNKNOWN', type });
    if (requiredQty !== undefined && qty !== undefined) return rejectField('qty', 'notWith', { other: 'required_qty' });
    const wantedQty = requiredQty ?? qty;
    if (kind !== 'Humanpower') {
      const fieldOfQty = qty === undefined ? 'required_qty' : 'qty';
      return this.#ofItems(kind, items, wantedQty, fieldOfQty);
    }
    if (items.length > 0) return rejectField('items', 'notWith', { other: `type ${kind}` });
    return wantedQty === undefined ? reject({ code: 'REQUEST_QTY_MISSING' }) : { kind, qty: wantedQty };
  }

  async #ofItems(
    kind: Exclude<RequestKind, 'Humanpower'>,
    wanted: readonly WantedItem[],
    wantedQty: number | undefined,
    fieldOfQty: string,
  ): Promise<Need | Rejected<NeedRejection>> {
    if (wanted.length === 0) return reject({ code: 'REQUEST_ITEMS_MISSING' });
    const sum = wrongSum(fieldOfQty, wantedQty, wanted);
    if (sum !== undefined) return sum;
    const items = new Map<string, NeededItem>();
    for (const item of await Promise.all(wanted.map((each) => this.#item(each)))) {
      if (isRejected(item)) return item;
      const requiredQty = item.requiredQty + (items.get(item.itemId)?.requiredQty ?? 0);
      items.set(item.itemId, { ...item, requiredQty });
    }
    return { kind, items: [...items.values()] };
  }

  /** A discontinued item can be needed too: whether it is one would be decided anew for every attempt of the request. */
  async #item({ id, qty: requiredQty }: WantedItem): Promise<NeededItem | Rejected<ItemUnknown>> {
    const found = await this.items.find(id);
    if (isRejected(found)) return reject({ code: 'ITEM_UNKNOWN', itemId: id });
    return { itemId: found.id, itemNumber: found.item.facts.number, requiredQty };
  }
}

/** Undefined if the quantity, where it is given beside items, is their sum, and not too large. */
export function wrongSum(
  field: string,
  given: number | undefined,
  items: readonly Pick<WantedItem, 'qty'>[],
): Rejected<QuantityRejection> | undefined {
  const sum = items.reduce((before, { qty }) => before + qty, 0);
  if (given !== undefined && given !== sum) return rejectField(field, 'sum', { of: 'items.qty', sum });
  return sum > unitsMax ? rejectField(field, 'integer', { min: 1, max: unitsMax }) : undefined;
}
