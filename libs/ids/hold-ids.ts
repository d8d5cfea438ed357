import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { itemStock, slotStock, type StockId, type HoldId } from '#domain';
import { idPrefixes } from './made-ids.ts';

/** The content of a hold id: the hold, its stock, and when it was created. */
export interface HoldReference {
  readonly holdId: HoldId;
  readonly stock: StockId;
  readonly madeAt: number;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeLength = 10;
const randomLength = 16;
const macLength = 16;
const shape = new RegExp(
  `^${idPrefixes.hold}([${alphabet}]{${timeLength + randomLength}})_(.+)_([${alphabet}]{${macLength}})$`,
);

const ulidShape = new RegExp(`^[${alphabet}]{${timeLength + randomLength}}$`);

/**
 * A hold id contains its stream: `hold_<ulid>_<stock>_<mac>`. So a hold is found without a read model, which may lag,
 * and a forged id is rejected by its code before a stream is read.
 */
export class HoldIds {
  readonly #key: KeyObject;

  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(secret));
  }

  make(stock: StockId, madeAt: number): HoldReference & { readonly id: string } {
    const holdId = ulid(madeAt);
    return { id: this.idOf({ holdId, stock }), holdId, stock, madeAt };
  }

  /** The public id of a hold from its id in events. */
  idOf({ holdId, stock }: Pick<HoldReference, 'holdId' | 'stock'>): string {
    const named = `${idPrefixes.hold}${holdId}_${nameOf(stock)}`;
    return `${named}_${this.#codeOf(named)}`;
  }

  /** Whether it is the id of a hold in events, and not one that clients know. */
  isOfEvents(id: string): boolean {
    return ulidShape.test(id);
  }

  /** Undefined for an id that was not issued here. */
  read(id: string): HoldReference | undefined {
    const [, holdId, name, code] = shape.exec(id) ?? [];
    if (holdId === undefined || name === undefined || code === undefined) return undefined;
    const expected = Buffer.from(this.#codeOf(`${idPrefixes.hold}${holdId}_${name}`));
    const stock = timingSafeEqual(expected, Buffer.from(code)) ? stockNamed(name) : undefined;
    return stock && { holdId, stock, madeAt: timeOf(holdId) };
  }

  #codeOf(named: string): string {
    return base32(createHmac('sha256', this.#key).update(named).digest(), macLength);
  }
}

function nameOf(stock: StockId): string {
  return stock.kind === 'slot' ? `s${stock.slotId}` : `i${stock.inventoryId}_${stock.itemId}`;
}

function stockNamed(name: string): StockId | undefined {
  const [, slotId, inventoryId, itemId] = /^(?:s(\d+)|i(\d+)_(.+))$/.exec(name) ?? [];
  if (slotId !== undefined) return slotStock(Number(slotId));
  return itemId === undefined ? undefined : itemStock(itemId, Number(inventoryId));
}

/** Sorts by time with millisecond precision; the rest is random. */
function ulid(at: number): string {
  let time = '';
  for (let rest = at; time.length < timeLength; rest = Math.floor(rest / alphabet.length)) {
    time = `${alphabet[rest % alphabet.length]}${time}`;
  }
  return time + base32(randomBytes(randomLength), randomLength);
}

function timeOf(holdId: HoldId): number {
  return Array.from(holdId.slice(0, timeLength)).reduce(
    (time, digit) => time * alphabet.length + alphabet.indexOf(digit),
    0,
  );
}

function base32(bytes: Uint8Array, length: number): string {
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}
