import { randomUUID } from 'node:crypto';
import {
  isRejected,
  type Aggregate,
  itemAggregate,
  itemStock,
  slotAggregate,
  slotStock,
  stockAggregate,
  stockStream,
} from '#domain';
import { codecOf, type NewEvent } from '#event-store';
import type { Pool } from '#platform';
import { itemName, StockTrade } from './stock-trade.ts';

export const itemsCount = 10_000;
export const slotsCount = 100;

export interface Placed extends NewEvent {
  readonly stream: string;
  readonly revision: number;
}

export const eventsPerInsert = 10_000;
const startsAt = Date.UTC(2026, 0, 1);
const betweenEventsMs = 20;
// JSON escapes control characters, so it cannot occur.
const separator = '\u001F';

/** Fills an empty event store with stock events of the items in turns, followed by the catalog and slots. */
export async function writeHistory(pool: Pool, stockEvents: number): Promise<void> {
  let position = 0;
  const write = async (events: readonly Placed[]): Promise<void> => {
    await insert(pool, position, events);
    position += events.length;
  };
  const trades = Array.from(
    { length: itemsCount },
    (_, index) => new StockTrade(stockStream(itemStock(itemName(index)))),
  );
  for (let done = 0; done < stockEvents;) {
    const events: Placed[] = [];
    while (events.length < eventsPerInsert && done < stockEvents) {
      // A stride coprime to the number of items visits all of them, and never neighbours in sequence.
      const trade = trades[(done * 7919) % itemsCount] as StockTrade;
      events.push(trade.next(startsAt + done * betweenEventsMs));
      done += 1;
    }
    await write(events);
  }
  await write([...catalog()]);
  await pool.query('analyze events');
}

function* catalog(): Generator<Placed> {
  for (let index = 0; index < itemsCount; index++) {
    const itemId = itemName(index);
    const create = {
      type: 'CreateItem',
      itemId,
      number: index + 1,
      name: `Item ${index}`,
      price: 100 + index,
    } as const;
    yield decided(itemAggregate, itemAggregate.streamOf(itemId), create);
  }
  for (let slotId = 1; slotId <= slotsCount; slotId++) {
    const open = { type: 'OpenSlot', slotId, title: `Slot ${slotId}`, startsAt: null, endsAt: null } as const;
    yield decided(slotAggregate, slotAggregate.streamOf(slotId), open);
    yield decided(stockAggregate, stockStream(slotStock(slotId)), { type: 'SetCapacity', capacity: 10 + slotId });
  }
}

export function decided<Id, S, C extends object, E extends { readonly type: string }, R>(
  aggregate: Aggregate<Id, S, C, E, R>,
  stream: string,
  command: C,
): Placed {
  const decision = aggregate.decide({ ...command, at: startsAt }, aggregate.initial);
  if (isRejected(decision) || decision[0] === undefined)
    throw new Error(`${stream} rejected ${JSON.stringify(command)}`);
  const id = randomUUID();
  const metadata = { $correlationId: id, $causationId: id, commandId: id, userId: 'staff', at: startsAt };
  return { ...codecOf(aggregate).encode(id, decision[0], metadata), stream, revision: 0 };
}

/** With the same positions as from the store, without its lock, because there is no other writer. */
export async function insert(pool: Pool, position: number, events: readonly Placed[]): Promise<void> {
  const texts = (['stream', 'id', 'type', 'data', 'metadata'] as const).map((field) =>
    events.map((event) => event[field]).join(separator),
  );
  await pool.query({
    name: 'insert-history',
    text: `insert into events (position, stream, revision, id, type, data, metadata)
      select $1 + place, stream, revision, id::uuid, type, data, metadata
      from rows from (
        string_to_table($2, E'\\x1F'), unnest($3::bigint[]), string_to_table($4, E'\\x1F'), string_to_table($5, E'\\x1F'),
        string_to_table($6, E'\\x1F'), string_to_table($7, E'\\x1F')
      ) with ordinality e(stream, revision, id, type, data, metadata, place)`,
    values: [position, texts[0], events.map(({ revision }) => revision), ...texts.slice(1)],
  });
}
