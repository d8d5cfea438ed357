import { ChangeInventoryHandler } from './change-inventory.ts';
import { FinishTransferHandler } from './finish-transfer.ts';
import { InventoriesController } from './inventories.controller.ts';
import { LendUnitsHandler } from './lend-units.ts';
import { LendsController } from './lends.controller.ts';
import { MarkOverdueLendsOfStockHandler } from './mark-overdue-lends-of-stock.ts';
import { OpenInventoryHandler } from './open-inventory.ts';
import { ProvideUnitsHandler } from './provide-units.ts';
import { ProvidesController } from './provides.controller.ts';
import { RenewLendHandler } from './renew-lend.ts';
import { ReturnLendHandler } from './return-lend.ts';
import { TransferUnitsHandler } from './transfer-units.ts';
import { TransfersController } from './transfers.controller.ts';

/** Where units are besides the main inventory, on what terms, and who has them on loan. */
export const lending = {
  controllers: [InventoriesController, LendsController, ProvidesController, TransfersController],
  handlers: [
    OpenInventoryHandler,
    ChangeInventoryHandler,
    LendUnitsHandler,
    ReturnLendHandler,
    RenewLendHandler,
    MarkOverdueLendsOfStockHandler,
    ProvideUnitsHandler,
    TransferUnitsHandler,
    FinishTransferHandler,
  ],
};
