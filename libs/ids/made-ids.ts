/** The prefix of each kind of id that is text. */
export const idPrefixes = {
  item: 'prod_',
  category: 'cat_',
  user: 'user_',
  hold: 'hold_',
  purchase: 'pur_',
  order: 'ord_',
  webhook: 'hook_',
  apiKey: 'key_',
} as const;

const madeLength = 16;
const orderIdPattern = new RegExp(`^${idPrefixes.order}[0-9a-f]{${madeLength}}$`);

/** Whether it can be the id of an order; if not, there is no such order. */
export function canBeOrderId(id: string): boolean {
  return orderIdPattern.test(id);
}

// With the id of the stock, which contains that of the item.
const purchaseIdPattern = new RegExp(String.raw`^${idPrefixes.purchase}[\w.-]+$`);
const apiKeyIdPattern = new RegExp(`^${idPrefixes.apiKey}[0-9a-f]{${madeLength}}$`);

/** Whether it can be the id of a purchase, as those are that do not lead to their stock, too. */
export function canBePurchaseId(id: string): boolean {
  return purchaseIdPattern.test(id);
}

/** Whether it can be the id of an API key. */
export function canBeApiKeyId(id: string): boolean {
  return apiKeyIdPattern.test(id);
}

/** An id made of a command’s id, so that a retry of the command makes the same one. */
export function madeId(kind: keyof typeof idPrefixes, commandId: string): string {
  return `${idPrefixes[kind]}${commandId.replaceAll('-', '').slice(0, madeLength)}`;
}
