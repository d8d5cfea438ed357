import { reject, type Decision, type Timed } from '../decision.ts';
import type { ItemCommand, ItemRejection } from './commands.ts';
import type { ItemEvent, ItemField } from './events.ts';
import type { Item, KnownItem } from './evolve.ts';

type ItemDecision = Decision<ItemEvent, ItemRejection>;

export function decideItem(command: Timed<ItemCommand>, item: Item): ItemDecision {
  if (command.type === 'CreateItem') {
    const { itemId, number, name, price, at } = command;
    if (item.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: itemId });
    return [{ type: 'ItemCreated', itemId, number, name, price, createdAt: at }];
  }
  if (item.status === 'unknown') return reject({ code: 'ITEM_NOT_FOUND' });
  switch (command.type) {
    case 'ChangeItem':
      return change(command, item);
    case 'DiscontinueItem':
      return item.status === 'discontinued' ? [] : [{ type: 'ItemDiscontinued', ...item.facts }];
    case 'ReinstateItem':
      return item.status === 'on-sale' ? [] : [{ type: 'ItemReinstated', ...item.facts }];
  }
}

function change(command: Extract<ItemCommand, { type: 'ChangeItem' }>, { status, facts }: KnownItem): ItemDecision {
  const { name = facts.name, price = facts.price } = command;
  const wanted = { ...facts, name, price };
  const changed = (['name', 'price'] satisfies ItemField[]).filter((field) => wanted[field] !== facts[field]);
  if (changed.length === 0) return [];
  return [{ type: 'ItemChanged', ...wanted, changed, discontinued: status === 'discontinued' }];
}
