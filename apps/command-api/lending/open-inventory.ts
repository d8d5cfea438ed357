import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { InventoryAnswer } from '#answers';
import { Numbers } from '#commands';
import { isRejected, type InventoryDetails, type InventoryRejection } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Inventories } from './inventories.ts';

type Outcome = UseCaseOutcome<InventoryAnswer, InventoryRejection | KeyReused>;

/** Opens an inventory, which belongs to the caller. */
export class OpenInventory extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly details: InventoryDetails,
  ) {
    super();
  }
}

@CommandHandler(OpenInventory)
export class OpenInventoryHandler implements ICommandHandler<OpenInventory> {
  constructor(
    private readonly inventories: Inventories,
    private readonly numbers: Numbers,
  ) {}

  async execute({ context, details }: OpenInventory): Promise<Outcome> {
    const inventoryId = await this.numbers.assign('inventory', context.commandId, 'inventory');
    const command = { type: 'OpenInventory', inventoryId, ownerId: context.userId, ...details } as const;
    const opened = await this.inventories.of(inventoryId).record('InventoryOpened', command, context);
    if (isRejected(opened)) return opened;
    return done(await this.inventories.answer(opened.event), opened.write);
  }
}
