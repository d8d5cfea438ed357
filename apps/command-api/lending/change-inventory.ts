import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { InventoryAnswer } from '#answers';
import { isRejected, reject, type InventoryDetails, type InventoryRejection } from '#domain';
import { done, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Inventories, mayActAt } from './inventories.ts';

type Outcome = UseCaseOutcome<InventoryAnswer, InventoryRejection | { readonly code: 'FORBIDDEN' }>;

/** Changes an inventory; what is left out stays. */
export class ChangeInventory extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly number: string,
    readonly change: Partial<InventoryDetails>,
  ) {
    super();
  }
}

@CommandHandler(ChangeInventory)
export class ChangeInventoryHandler implements ICommandHandler<ChangeInventory> {
  constructor(private readonly inventories: Inventories) {}

  async execute({ context, number, change }: ChangeInventory): Promise<Outcome> {
    const named = this.inventories.idOf(number);
    if (isRejected(named)) return named;
    const inventory = await this.inventories.find(named.id);
    if (isRejected(inventory)) return inventory;
    // Its owner never changes.
    if (!mayActAt(inventory, context)) return reject({ code: 'FORBIDDEN' });
    const command = { type: 'ChangeInventory', inventoryId: named.id, change } as const;
    const changed = await this.inventories.of(named.id).execute(command, context);
    if (isRejected(changed)) return changed;
    const now = await this.inventories.find(named.id);
    if (isRejected(now)) return now;
    return done(await this.inventories.answer(now.facts), changed.write);
  }
}
