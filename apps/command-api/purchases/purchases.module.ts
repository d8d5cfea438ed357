import { PurchaseSeveralHandler } from './purchase-several.ts';
import { PurchaseUnitsHandler } from './purchase-units.ts';
import { PurchasesController } from './purchases.controller.ts';

/** Units that are bought at once. */
export const purchases = {
  controllers: [PurchasesController],
  handlers: [PurchaseUnitsHandler, PurchaseSeveralHandler],
};
