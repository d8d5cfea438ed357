import { AdjustStockHandler } from './adjust-stock.ts';
import { ProvideStockHandler } from './provide-stock.ts';
import { StockController } from './stock.controller.ts';

/** How many units of an item there are. */
export const stock = { controllers: [StockController], handlers: [ProvideStockHandler, AdjustStockHandler] };
