import { hash } from 'node:crypto';
import type { StockId } from '#domain';
import { idPrefixes } from './made-ids.ts';
import { codeLength, newUlid, StockIds } from './stock-ids.ts';

/** The content of a purchase id: the stock, and when it was made. */
export interface PurchaseReference {
  readonly stock: StockId;
  /** In milliseconds since 1970. */
  readonly madeAt: number;
}

/** Ids of purchases, which lead to their stock. Events have the same. */
export class PurchaseIds {
  readonly #ids: StockIds;

  constructor(secret: string) {
    // One is made for each sale, and an HMAC takes several times as long. Nobody can go on from this hash to that of a
    // longer text, since most of it is not in the id.
    this.#ids = new StockIds(idPrefixes.purchase, (named) =>
      hash('sha256', `${secret}\n${named}`, 'hex').slice(0, codeLength).toUpperCase(),
    );
  }

  make(stock: StockId, madeAt: number): string {
    return this.#ids.idOf({ ulid: newUlid(madeAt), stock });
  }

  /** Undefined for an id that was not issued here, or before ids led to a stock. */
  read(id: string): PurchaseReference | undefined {
    const found = this.#ids.read(id);
    return found && { stock: found.stock, madeAt: found.madeAt };
  }
}
