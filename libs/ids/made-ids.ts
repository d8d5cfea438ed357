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

/** An id made of a command’s id, so that a retry of the command makes the same one. */
export function madeId(kind: keyof typeof idPrefixes, commandId: string): string {
  return `${idPrefixes[kind]}${commandId.replaceAll('-', '').slice(0, madeLength)}`;
}
