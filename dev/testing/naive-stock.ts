import type { StockCommand, Timed } from '#domain';

type Transferred = Extract<StockCommand, { type: 'SendUnits' | 'ReceiveUnits' }>;

interface Claim {
  readonly units: number;
  readonly owner?: string;
  readonly until: number;
}

/** A minimal model of a stock, units and claims with an expiry, for comparison with the real one. */
export class NaiveStock {
  #units = 0;
  #closed = false;
  readonly #claims = new Map<string, Claim>();
  readonly #settled = new Map<string, string>();
  readonly #used = new Set<string>();

  available(at: number): number {
    const open = [...this.#claims.values()].filter(({ until }) => until > at);
    return this.#units - open.reduce((sum, { units }) => sum + units, 0);
  }

  /** Executes the operation if possible. */
  accepts(command: Timed<StockCommand>): boolean {
    const { at } = command;
    switch (command.type) {
      case 'Provide':
        return this.#add(command.quantity, at);
      case 'Adjust':
        return this.#add(command.delta, at);
      case 'Count':
        return this.#add(command.onHand - this.#units, at);
      case 'SetCapacity':
        return this.#add(command.capacity - this.#taken - this.#units, at);
      case 'OpenPlaces':
        return this.#hasHadUnits || this.#add(command.capacity - this.#units, at);
      case 'Purchase':
        return this.#canClaim(command.quantity, at) && this.#take(command.quantity);
      case 'GiveBack':
        this.#taken -= command.quantity ?? 0;
        return this.#add(command.quantity ?? 0, at);
      case 'Hold':
        if (this.#used.has(command.holdId)) return true;
        return (
          this.#canClaim(command.quantity, at) &&
          this.#claim(command.holdId, command.quantity, at + command.ttlMs, command.customerId)
        );
      case 'ExtendHold': {
        const own = this.#own(command, at);
        return (
          own !== undefined && this.#claim(command.holdId, own.units, at + command.ttlMs, command.customerId ?? '')
        );
      }
      case 'ConfirmHold': {
        const own = this.#own(command, at);
        const quantity = command.quantity ?? own?.units ?? 0;
        return own !== undefined && quantity <= own.units && this.#drop(command.holdId) && this.#take(quantity);
      }
      case 'CancelHold':
        return this.#own(command, at) !== undefined && this.#drop(command.holdId);
      case 'ReserveForOrder':
        if (this.#settled.get(command.orderId) === 'released') return false;
        if (this.#settled.has(command.orderId) || this.#claims.has(command.orderId)) return true;
        return this.#reserve(command, at);
      case 'ReleaseOrder':
        if (!this.#settled.has(command.orderId)) this.#settled.set(command.orderId, 'released');
        this.#claims.delete(command.orderId);
        return true;
      case 'ShipOrder': {
        const units = this.#claims.get(command.orderId)?.units;
        if (units === undefined) return this.#settled.get(command.orderId) === 'shipped';
        this.#settled.set(command.orderId, 'shipped');
        return this.#drop(command.orderId) && this.#take(units);
      }
      case 'Lend':
        if (this.#used.has(lendKey(command))) return true;
        return (
          this.#hasHadUnits &&
          this.#canClaim(command.quantity, at) &&
          this.#claim(lendKey(command), command.quantity, Number.POSITIVE_INFINITY, command.borrowerId)
        );
      case 'LendHeld': {
        if (this.#used.has(lendKey(command))) return true;
        const own = this.#own(command, at);
        return (
          own !== undefined &&
          this.#drop(command.holdId) &&
          this.#claim(lendKey(command), own.units, Number.POSITIVE_INFINITY, own.owner)
        );
      }
      case 'Return':
        return this.#return(command);
      case 'RenewLend': {
        const lend = this.#lend(command);
        const others = [...this.#claims].filter(
          ([id, { until, owner }]) => id.startsWith('h') && until > at && owner !== lend?.owner,
        );
        if (lend === undefined || (this.available(at) === 0 && others.length > 0)) return false;
        const renewals = (this.#renewals.get(command.lendId) ?? 0) + 1;
        if (renewals > command.renewalsMax) return false;
        this.#renewals.set(command.lendId, renewals);
        return true;
      }
      case 'MarkOverdue':
        return true;
      case 'SendUnits':
      case 'ReceiveUnits':
        return this.#transfer(command, at);
      case 'CancelSending':
        if (this.#transfers.get(command.transferId) !== 'sent') return true;
        this.#transfers.set(command.transferId, 'answered');
        return this.#add(command.quantity, at);
      case 'Discontinue':
      case 'Reinstate':
        this.#closed = command.type === 'Discontinue';
        return true;
      case 'ExpireDue':
      case 'NoteTime':
      case 'SetSaleTerms':
      case 'SetClosingTime':
        return true;
    }
  }

  #taken = 0;
  #hasHadUnits = false;
  readonly #renewals = new Map<number, number>();
  readonly #transfers = new Map<number, 'sent' | 'answered'>();

  #add(units: number, at: number): boolean {
    if (this.available(at) + units < 0) return false;
    this.#units += units;
    if (this.#units + this.#taken > 0) this.#hasHadUnits = true;
    return true;
  }

  #take(units: number): boolean {
    this.#units -= units;
    this.#taken += units;
    return true;
  }

  #canClaim(units: number, at: number): boolean {
    return !this.#closed && units <= this.available(at);
  }

  #claim(id: string, units: number, until = Number.POSITIVE_INFINITY, owner = ''): boolean {
    this.#used.add(id);
    this.#claims.set(id, { units, until, owner });
    return true;
  }

  #reserve(command: Extract<StockCommand, { type: 'ReserveForOrder' }>, at: number): boolean {
    const { orderId, customerId, quantity, holds } = command;
    const ownAll = holds.every((held) => (this.#own({ ...held, customerId }, at)?.units ?? 0) >= held.quantity);
    const rest = holds.reduce((left, held) => left - held.quantity, quantity);
    const freed = holds.reduce((sum, held) => sum + (this.#claims.get(held.holdId)?.units ?? 0) - held.quantity, 0);
    const canClaim = rest === 0 || (!this.#closed && rest <= this.available(at) + freed);
    if (!ownAll || !canClaim) return false;
    for (const { holdId } of holds) this.#drop(holdId);
    return this.#claim(orderId, quantity);
  }

  /** Is answered in any case, once: by moving the units, or by saying that they are not moved. */
  #transfer({ type, transferId, quantity }: Transferred, at: number): boolean {
    if (this.#transfers.has(transferId)) return true;
    const isSent = type === 'SendUnits' && quantity <= this.available(at);
    this.#transfers.set(transferId, isSent ? 'sent' : 'answered');
    if (isSent || type === 'ReceiveUnits') this.#add(isSent ? -quantity : quantity, at);
    return true;
  }

  #return(command: Extract<StockCommand, { type: 'Return' }>): boolean {
    const lend = this.#lend(command);
    const back = command.quantity ?? lend?.units ?? 0;
    if (lend === undefined || back > lend.units) return false;
    if (command.condition !== 'ok') this.#units -= back;
    if (back === lend.units) return this.#drop(lendKey(command));
    return this.#claim(lendKey(command), lend.units - back, lend.until, lend.owner);
  }

  #lend(of: { lendId: number; borrowerId: string | null }): Claim | undefined {
    const claim = this.#claims.get(lendKey(of));
    return of.borrowerId === null || claim?.owner === of.borrowerId ? claim : undefined;
  }

  #own({ holdId, customerId }: { holdId: string; customerId: string | null }, at: number): Claim | undefined {
    const claim = this.#claims.get(holdId);
    return claim !== undefined && claim.owner === customerId && claim.until > at ? claim : undefined;
  }

  #drop(id: string): boolean {
    return this.#claims.delete(id);
  }
}

function lendKey({ lendId }: { lendId: number }): string {
  return `l${lendId}`;
}
