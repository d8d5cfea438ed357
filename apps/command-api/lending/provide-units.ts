import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { provideAnswer, type ProvideAnswer } from '#answers';
import { Numbers } from '#commands';
import { isRejected, itemStock, reject, stockStream } from '#domain';
import type { InventoryRejection, KnownInventory, Rejected, StockRejection } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { ActingUsers, type NotActing } from '../people/acting-users.ts';
import { Stocks } from '../stock/stocks.ts';
import { Inventories, mayActAt } from './inventories.ts';

/** What is provided; users, items and inventories by id or number. */
export interface WantedProvide {
  /** By default the caller. */
  readonly user: string | undefined;
  readonly item: string;
  readonly quantity: number;
  readonly inventory: string | undefined;
}

type NotTaken =
  | { readonly code: 'INVENTORY_ID_MISSING' | 'INVENTORY_TAKES_NOTHING' }
  | { readonly code: 'ITEM_UNKNOWN'; readonly itemId: string };
type Outcome = UseCaseOutcome<ProvideAnswer, NotTaken | NotActing | InventoryRejection | StockRejection | KeyReused>;

/** Adds units that somebody provides to an inventory that takes them. */
export class ProvideUnits extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly wanted: WantedProvide,
  ) {
    super();
  }
}

@CommandHandler(ProvideUnits)
export class ProvideUnitsHandler implements ICommandHandler<ProvideUnits> {
  constructor(
    private readonly inventories: Inventories,
    private readonly items: Items,
    private readonly actingUsers: ActingUsers,
    private readonly stocks: Stocks,
    private readonly numbers: Numbers,
  ) {}

  async execute({ context, wanted }: ProvideUnits): Promise<Outcome> {
    const inventory = await this.#inventory(wanted.inventory);
    if (isRejected(inventory)) return inventory;
    const isAtDesk = mayActAt(inventory, context);
    const provider = await this.actingUsers.of(wanted.user, context, isAtDesk);
    if (isRejected(provider)) return provider;
    // A discontinued item is taken too: it can be restored, and a retry must not be decided by what it is meanwhile.
    const found = await this.items.find(wanted.item);
    if (isRejected(found)) return reject({ code: 'ITEM_UNKNOWN', itemId: wanted.item });
    const { inventoryId, takesProvides } = inventory.facts;
    const stock = itemStock(found.id, inventoryId);
    const numbered = ['provide', context.commandId, stockStream(stock)] as const;
    // What was taken before is recorded already, or is now, whatever the inventory has been changed to meanwhile.
    const isTaken = takesProvides || isAtDesk || (await this.numbers.isAssigned(...numbered));
    if (!isTaken) return reject({ code: 'INVENTORY_TAKES_NOTHING' });
    const provideId = await this.numbers.assign(...numbered);
    const { quantity } = wanted;
    const command = { type: 'Provide', quantity, provideId, providerId: provider.id } as const;
    const provided = await this.stocks.of(stock).record('UnitsProvided', command, context);
    if (isRejected(provided)) return provided;
    const { event, write, at } = provided;
    // The command id was used for another provide: Redis had lost the fingerprint of the key.
    const isOther = event.providerId !== provider.id || event.quantity !== quantity;
    if (isOther) return reject({ code: 'KEY_REUSED' });
    const numbers = { userNumber: provider.number, itemNumber: found.item.facts.number };
    return done(provideAnswer({ provideId, ...numbers, quantity, at: new Date(at), inventoryId }), write);
  }

  async #inventory(
    number: string | undefined,
  ): Promise<KnownInventory | Rejected<InventoryRejection | { readonly code: 'INVENTORY_ID_MISSING' }>> {
    if (number === undefined) return reject({ code: 'INVENTORY_ID_MISSING' });
    const named = this.inventories.idOf(number);
    return isRejected(named) ? named : this.inventories.find(named.id);
  }
}
