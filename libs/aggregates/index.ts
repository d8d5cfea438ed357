import type { Aggregate } from '#commands';
import {
  decideItem,
  decideSlot,
  decideStock,
  dueOnStock,
  emptyStock,
  evolveItem,
  evolveSlot,
  evolveStock,
  loadStock,
  noteTimeOnStock,
  saveStock,
  itemUpcasts,
  slotUpcasts,
  stockSnapshotVersion,
  stockUpcasts,
  unknownItem,
  unknownSlot,
  type Item,
  type ItemCommand,
  type ItemEvent,
  type ItemRejection,
  type Slot,
  type SlotCommand,
  type SlotEvent,
  type SlotRejection,
  type Stock,
  type StockCommand,
  type StockEvent,
  type StockRejection,
} from '#domain';
import { createCodec } from '#event-store';

export const itemAggregate: Aggregate<Item, ItemCommand, ItemEvent, ItemRejection> = {
  category: 'catalog',
  codec: createCodec<ItemEvent>(itemUpcasts),
  initial: unknownItem,
  evolve: evolveItem,
  decide: decideItem,
};

export const slotAggregate: Aggregate<Slot, SlotCommand, SlotEvent, SlotRejection> = {
  category: 'slot',
  codec: createCodec<SlotEvent>(slotUpcasts),
  initial: unknownSlot,
  evolve: evolveSlot,
  decide: decideSlot,
};

export const stockAggregate: Aggregate<Stock, StockCommand, StockEvent, StockRejection> = {
  category: 'stock',
  codec: createCodec<StockEvent>(stockUpcasts),
  initial: emptyStock,
  evolve: evolveStock,
  decide: decideStock,
  due: dueOnStock,
  noteTime: noteTimeOnStock,
  snapshots: {
    version: stockSnapshotVersion,
    save: saveStock,
    load: (saved) => loadStock(saved as ReturnType<typeof saveStock>),
  },
};
export { findEndOfHold } from './end-of-hold.ts';
