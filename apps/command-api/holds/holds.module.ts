import { CancelHoldHandler } from './cancel-hold.ts';
import { ConfirmHoldHandler } from './confirm-hold.ts';
import { ExpireDueHoldsOfStockHandler } from './expire-due-holds-of-stock.ts';
import { ExtendHoldHandler } from './extend-hold.ts';
import { HoldsController } from './holds.controller.ts';
import { PlaceHoldHandler } from './place-hold.ts';
import { ReturnHoldHandler } from './return-hold.ts';

/** Units and places that are kept for somebody for a while. */
export const holds = {
  controllers: [HoldsController],
  handlers: [
    PlaceHoldHandler,
    ExtendHoldHandler,
    ConfirmHoldHandler,
    CancelHoldHandler,
    ReturnHoldHandler,
    ExpireDueHoldsOfStockHandler,
  ],
};
