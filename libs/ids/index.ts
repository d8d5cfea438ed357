export { HoldIds, type HoldReference } from './hold-ids.ts';
export { canBeApiKeyId, canBeOrderId, canBePurchaseId, idPrefixes, madeId } from './made-ids.ts';
export { PurchaseIds, type PurchaseReference } from './purchase-ids.ts';
export { canBeId, idPattern, numberOf } from './item-ids.ts';
