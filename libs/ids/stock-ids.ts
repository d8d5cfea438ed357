import { randomFillSync, timingSafeEqual } from 'node:crypto';
import { itemStock, slotStock, type StockId } from '#domain';

/** The content of an id that leads to a stock: the part that tells it from others there, and when it was made. */
interface StockReference {
  readonly ulid: string;
  readonly stock: StockId;
  /** In milliseconds since 1970. */
  readonly madeAt: number;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeLength = 10;
const randomLength = 16;
export const codeLength = 16;
const ulidLength = timeLength + randomLength;
const ulidShape = new RegExp(`^[${alphabet}]{${ulidLength}}$`);

/**
 * An id that contains a stock: `<prefix><ulid>_<stock>_<code>`. So its stream is found without a read model, which may
 * lag, and a forged id is rejected by its code before a stream is read.
 */
export class StockIds {
  readonly #prefix: string;
  readonly #codeOf: (named: string) => string;
  readonly #shape: RegExp;

  /** `codeOf` must need a secret: `codeLength` digits and capital letters. */
  constructor(prefix: string, codeOf: (named: string) => string) {
    this.#prefix = prefix;
    this.#codeOf = codeOf;
    this.#shape = new RegExp(`^${prefix}([${alphabet}]{${ulidLength}})_(.+)_([${alphabet}]{${codeLength}})$`);
  }

  idOf({ ulid, stock }: Pick<StockReference, 'ulid' | 'stock'>): string {
    const named = `${this.#prefix}${ulid}_${nameOf(stock)}`;
    return `${named}_${this.#codeOf(named)}`;
  }

  /** Undefined for an id that was not issued here. */
  read(id: string): StockReference | undefined {
    const [, ulid, name, code] = this.#shape.exec(id) ?? [];
    if (ulid === undefined || name === undefined || code === undefined) return undefined;
    const expected = Buffer.from(this.#codeOf(`${this.#prefix}${ulid}_${name}`));
    const stock = timingSafeEqual(expected, Buffer.from(code)) ? stockNamed(name) : undefined;
    return stock && { ulid, stock, madeAt: timeOf(ulid) };
  }
}

export function isUlid(id: string): boolean {
  return ulidShape.test(id);
}

let lastTime = { at: -1, digits: '' };
const randomBytes = Buffer.alloc(randomLength * 256);
let randomBytesUsed = randomBytes.length;

/** Sorts by time with millisecond precision; the rest is random. */
export function newUlid(at: number): string {
  if (at !== lastTime.at) lastTime = { at, digits: timeDigits(at) };
  // Asked for many at once: each call to the system takes longer than all the rest.
  if (randomBytesUsed === randomBytes.length) {
    randomFillSync(randomBytes);
    randomBytesUsed = 0;
  }
  const random = randomBytes.subarray(randomBytesUsed, randomBytesUsed + randomLength);
  randomBytesUsed += randomLength;
  return lastTime.digits + base32(random, randomLength);
}

function timeDigits(at: number): string {
  let digits = '';
  for (let rest = at; digits.length < timeLength; rest = Math.floor(rest / alphabet.length)) {
    digits = `${alphabet[rest % alphabet.length]}${digits}`;
  }
  return digits;
}

function nameOf(stock: StockId): string {
  return stock.kind === 'slot' ? `s${stock.slotId}` : `i${stock.inventoryId}_${stock.itemId}`;
}

function stockNamed(name: string): StockId | undefined {
  const [, slotId, inventoryId, itemId] = /^(?:s(\d+)|i(\d+)_(.+))$/.exec(name) ?? [];
  if (slotId !== undefined) return slotStock(Number(slotId));
  return itemId === undefined ? undefined : itemStock(itemId, Number(inventoryId));
}

function timeOf(ulid: string): number {
  return Array.from(ulid.slice(0, timeLength)).reduce(
    (time, digit) => time * alphabet.length + alphabet.indexOf(digit),
    0,
  );
}

/** The first bytes as so many digits and letters. */
export function base32(bytes: Uint8Array, length: number): string {
  let text = '';
  for (const byte of bytes.subarray(0, length)) text += alphabet[byte % alphabet.length];
  return text;
}
