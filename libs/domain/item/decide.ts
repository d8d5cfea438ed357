import { reject, type Decision, type Timed } from '../decision.ts';
import type { ItemCommand, ItemRejection } from './commands.ts';
import type { ItemEvent } from './events.ts';
import type { Item } from './evolve.ts';

export function decideItem(command: Timed<ItemCommand>, item: Item): Decision<ItemEvent, ItemRejection> {
  switch (command.type) {
    case 'CreateItem': {
      if (item.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: command.itemId });
      const { itemId, number, name, price } = command;
      return [{ type: 'ItemCreated', itemId, number, name, price }];
    }
  }
}
