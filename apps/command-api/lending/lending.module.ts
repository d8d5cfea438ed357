import { ChangeInventoryHandler } from './change-inventory.ts';
import { InventoriesController } from './inventories.controller.ts';
import { OpenInventoryHandler } from './open-inventory.ts';

/** Where units are besides the main inventory, and on what terms. */
export const lending = {
  controllers: [InventoriesController],
  handlers: [OpenInventoryHandler, ChangeInventoryHandler],
};
