import { PurchaseSeveralHandler } from './purchase-several.ts';
import { PurchaseUnitsHandler } from './purchase-units.ts';
import { PurchaseReturnsController } from './purchase-returns.controller.ts';
import { PurchasesController } from './purchases.controller.ts';
import { ReturnPurchaseHandler } from './return-purchase.ts';

/** Units that are bought at once. */
export const purchases = {
  controllers: [PurchasesController, PurchaseReturnsController],
  handlers: [PurchaseUnitsHandler, PurchaseSeveralHandler, ReturnPurchaseHandler],
};
