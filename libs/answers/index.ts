export { CategoryAnswer, categoryAnswer, ListedCategoryAnswer, listedCategoryAnswer } from './category.ts';
export { HoldAnswer, holdAnswer } from './hold.ts';
export { InventoryAnswer, inventoryAnswer } from './inventory.ts';
export { LendAnswer, lendAnswer, type LendNumbers, type ShownLend } from './lend.ts';
export { OrderAnswer, orderAnswer, type ShownOrder } from './order.ts';
export { ListedProductAnswer, listedProductAnswer, ProductAnswer, productAnswer } from './product.ts';
export { SlotAnswer, slotAnswer, SlotPlacesAnswer } from './slot.ts';
export { UserAnswer, userAnswer } from './user.ts';
export { DeliveryAnswer, deliveryAnswer, WebhookAnswer, webhookAnswer } from './webhook.ts';
