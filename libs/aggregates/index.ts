import type { Aggregate } from '#commands';
import {
  decideItem,
  decideStock,
  emptyStock,
  evolveItem,
  evolveStock,
  itemUpcasts,
  stockUpcasts,
  unknownItem,
  type Item,
  type ItemCommand,
  type ItemEvent,
  type ItemRejection,
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

export const stockAggregate: Aggregate<Stock, StockCommand, StockEvent, StockRejection> = {
  category: 'stock',
  codec: createCodec<StockEvent>(stockUpcasts),
  initial: emptyStock,
  evolve: evolveStock,
  decide: decideStock,
};
