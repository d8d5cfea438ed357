import { createHmac, createSecretKey } from 'node:crypto';
import type { HoldId, StockId } from '#domain';
import { idPrefixes } from './made-ids.ts';
import { base32, codeLength, isUlid, newUlid, StockIds } from './stock-ids.ts';

/** The content of a hold id: the hold, its stock, and when it was created. */
export interface HoldReference {
  readonly holdId: HoldId;
  readonly stock: StockId;
  readonly madeAt: number;
}

/** The id of a hold in events is a ULID; the one that clients know leads to its stock. */
export class HoldIds {
  readonly #ids: StockIds;

  constructor(secret: string) {
    const key = createSecretKey(Buffer.from(secret));
    this.#ids = new StockIds(idPrefixes.hold, (named) =>
      base32(createHmac('sha256', key).update(named).digest(), codeLength),
    );
  }

  make(stock: StockId, madeAt: number): HoldReference & { readonly id: string } {
    const holdId = newUlid(madeAt);
    return { id: this.idOf({ holdId, stock }), holdId, stock, madeAt };
  }

  /** The public id of a hold from its id in events. */
  idOf({ holdId, stock }: Pick<HoldReference, 'holdId' | 'stock'>): string {
    return this.#ids.idOf({ ulid: holdId, stock });
  }

  /** Whether it is the id of a hold in events, and not one that clients know. */
  isOfEvents(id: string): boolean {
    return isUlid(id);
  }

  /** Undefined for an id that was not issued here. */
  read(id: string): HoldReference | undefined {
    const found = this.#ids.read(id);
    return found && { holdId: found.ulid, stock: found.stock, madeAt: found.madeAt };
  }
}
