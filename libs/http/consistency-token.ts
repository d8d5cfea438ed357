import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { isPosition, type Position } from '#event-store';
import { derivedKey } from '#platform';
import { problem } from './errors/problem.ts';

export const consistencyHeader = 'consistency-token';

/** Names a recorded write and its position: a query that sends it sees that write. */
export interface ConsistencyToken {
  readonly position: Position;
  readonly stream: string;
}

const macBytes = 10;

/**
 * Tokens are signed, because a forged position far ahead would make a query wait in vain. The code is short, because it
 * can only be guessed by sending requests.
 */
export class ConsistencyTokens {
  readonly #key: KeyObject;
  /** Commands of one batch are of one write: the code is made for the first of them alone. */
  #latest: ConsistencyToken & { readonly text: string } = { position: '' as Position, stream: '', text: '' };

  constructor(secret: string) {
    this.#key = derivedKey(secret, 'consistency tokens');
  }

  encode({ position, stream }: ConsistencyToken): string {
    if (this.#latest.position !== position || this.#latest.stream !== stream)
      this.#latest = { position, stream, text: this.#signed({ position, stream }) };
    return this.#latest.text;
  }

  decode(text: string): ConsistencyToken {
    const named = Buffer.from(text, 'base64url').subarray(macBytes).toString();
    const end = named.indexOf(' ');
    const [position, stream] = [named.slice(0, end), named.slice(end + 1)];
    // The whole text is compared: base64url has several spellings of the same bytes.
    if (!isPosition(position) || !isSame(text, this.#signed({ position, stream }))) throw problem('TOKEN_FOREIGN');
    return { position, stream };
  }

  #signed({ position, stream }: ConsistencyToken): string {
    const named = Buffer.from(`${position} ${stream}`);
    const mac = createHmac('sha256', this.#key).update(named).digest().subarray(0, macBytes);
    return Buffer.concat([mac, named]).toString('base64url');
  }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
