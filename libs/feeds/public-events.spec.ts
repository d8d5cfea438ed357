import { readFile } from 'node:fs/promises';
import { itemStock, mainInventoryFacts } from '#domain';
import type { InventoryEvent, ItemEvent, ItemFacts, OrderEvent, RequestEvent, StockEvent } from '#domain';
import { makePosition, type RecordedEvent } from '#event-store';
import { HoldIds } from '#ids';
import { acceptanceOf, balanceOf, holdOf, lendOf, orderOf, provided, requestOf } from '#dev/testing';
import { publicEvents, publicEventTypes } from './index.ts';

const holdIds = new HoldIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');
const eventId = '6b0c1d3e-0000-8000-8000-12345678901a';
const at = Date.UTC(2026, 0, 31, 12);
const lamp = 'stock-item:lamp:1';
const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: 'ann', at };

function recorded(stream: string, { type, ...data }: { readonly type: string }, schemaVersion = 99): RecordedEvent {
  const position = makePosition('s', 7n);
  return { id: eventId, type, data, metadata: { ...metadata, schemaVersion }, stream, revision: 3, position };
}

const told = publicEvents({ holdIds, stockLowAt: 5 });
const ofStock = (event: StockEvent, stream = lamp) => told(recorded(stream, event));
const typesOf = (event: StockEvent, stockLowAt = 5) =>
  publicEvents({ holdIds, stockLowAt })(recorded(lamp, event)).map(({ type }) => type);

function bought(quantity: number, available: number): StockEvent {
  const balance = balanceOf({ total: 20, taken: 20 - available });
  return { type: 'UnitsPurchased', purchaseId: 'pur_1', customerId: 'ann', quantity, balance };
}

const facts: ItemFacts = {
  itemId: 'lamp',
  number: 4,
  name: 'Lamp',
  price: 1299,
  originalPrice: null,
  description: '',
  shortDescription: '',
  images: [],
  thumbnail: null,
  categoryId: null,
  sku: null,
  tags: ['new'],
  specifications: {},
  featured: false,
  returnDays: 0,
  createdAt: 1000,
  updatedAt: 1000,
};

describe('what is told of a purchase', () => {
  it('is the purchase, and the stock as it is after it', () => {
    expect(ofStock(bought(2, 12))).toEqual([
      {
        id: 'evt_6b0c1d3e00008000800012345678901a_purchase_made',
        type: 'purchase.made',
        version: 1,
        subject: 'pur_1',
        timestamp: '2026-01-31T12:00:00.000Z',
        data: { id: 'pur_1', itemId: 'lamp', inventoryId: 1, userId: 'ann', quantity: 2, remaining: 12 },
      },
      {
        id: 'evt_6b0c1d3e00008000800012345678901a_stock_changed',
        type: 'stock.changed',
        version: 1,
        subject: 'lamp',
        timestamp: '2026-01-31T12:00:00.000Z',
        data: {
          id: 'lamp',
          itemId: 'lamp',
          inventoryId: 1,
          available: 12,
          availableBefore: 14,
          total: 20,
          taken: 8,
          held: 0,
          reserved: 0,
          lent: 0,
          revision: 3,
        },
      },
    ]);
  });
});

describe('what is told of a hold', () => {
  const balance = balanceOf({ total: 20, held: 2 });
  const id = holdIds.idOf({ holdId: 'h1', stock: { kind: 'slot', slotId: 5 } });
  const hold = {
    id,
    slotId: 5,
    userId: 'ann',
    quantity: 2,
    createdAt: '1970-01-01T00:00:01.000Z',
    expiresAt: '1970-01-01T00:00:06.000Z',
  };

  it('has the id that its customer knows', () => {
    const [placed] = ofStock({ type: 'UnitsHeld', ...holdOf(), balance }, 'stock-slot:5');
    expect(placed).toMatchObject({ type: 'hold.placed', subject: id, data: hold });
  });

  it.each([
    ['HoldExtended', ['hold.extended']],
    ['HoldCancelled', ['hold.cancelled', 'stock.changed']],
    ['HoldExpired', ['hold.expired', 'stock.changed']],
  ] as const)('that ended in %s is %j', (type, types) => {
    const events = ofStock({ type, ...holdOf(), balance }, 'stock-slot:5');
    expect(events.map((event) => event.type)).toEqual(types);
    expect(events[0]?.data).toEqual(hold);
    expect(events.slice(1).map(({ subject }) => subject)).toEqual(types.slice(1).map(() => '5'));
  });

  it('is confirmed by an order that it becomes a part of', () => {
    const reserved = { type: 'HoldReserved', ...holdOf(), orderId: 'o1', reservedQuantity: 1, balance } as const;
    const events = ofStock(reserved, 'stock-slot:5');
    expect(events.map(({ type }) => type)).toEqual(['hold.confirmed', 'stock.changed']);
    expect(events[0]?.data).toEqual({ ...hold, confirmedQuantity: 1 });
  });

  it('says how much of it was confirmed', () => {
    const [confirmed] = ofStock({ type: 'HoldConfirmed', ...holdOf(), confirmedQuantity: 1, balance }, 'stock-slot:5');
    expect(confirmed).toMatchObject({ type: 'hold.confirmed', data: { ...hold, confirmedQuantity: 1 } });
  });
});

describe('a stock', () => {
  it('is low once it falls to the threshold, and again only after it was above it', () => {
    expect(typesOf(bought(1, 6))).not.toContain('stock.low');
    expect(typesOf(bought(1, 5))).toContain('stock.low');
    expect(typesOf(bought(9, 0))).toContain('stock.low');
    expect(typesOf(bought(1, 4))).not.toContain('stock.low');
    expect(typesOf({ ...provided(5), balance: balanceOf({ total: 5 }) })).not.toContain('stock.low');
  });

  it('is told to be low with the threshold', () => {
    expect(ofStock(bought(1, 5)).at(-1)).toMatchObject({
      id: 'evt_6b0c1d3e00008000800012345678901a_stock_low',
      subject: 'lamp',
      data: { id: 'lamp', available: 5, availableBefore: 6, lowAt: 5 },
    });
  });

  it('is never low with a threshold of 0', () => {
    expect(typesOf(bought(1, 0), 0)).not.toContain('stock.low');
    expect(typesOf(bought(1, 0), 1)).not.toContain('stock.low');
    expect(typesOf(bought(2, 0), 1)).toContain('stock.low');
  });

  it.each(['SaleTermsSet', 'ClosingTimeSet', 'StockDiscontinued', 'StockReinstated', 'TimeNoted'])(
    'is not told of when %s leaves the balance as it was',
    (type) => {
      expect(told(recorded(lamp, { type, balance: balanceOf({ total: 3 }) } as StockEvent))).toEqual([]);
    },
  );

  it('is not told of when nothing was released', () => {
    const released = {
      type: 'ReservationReleased',
      orderId: 'o1',
      submittedAt: 1,
      balance: balanceOf({ total: 3 }),
    } as const;
    expect(typesOf({ ...released, quantity: 0 })).toEqual([]);
    expect(typesOf({ ...released, quantity: 1 })).toEqual(['stock.changed']);
  });

  it('is told to be that of another inventory', () => {
    expect(ofStock(provided(3), 'stock-item:lamp:7')[0]).toMatchObject({ subject: 'lamp', data: { inventoryId: 7 } });
  });
});

describe('what is told of an order', () => {
  const order = orderOf({ paymentMethod: 'atm', status: 'pending', awaits: null });
  const ofOrder = (event: OrderEvent) => told(recorded('order-ord_1', event));
  const { orderNumber, subtotal, shipping, discount, total, status, paymentMethod, trackingNumber } = order;
  const sums = { subtotal, shipping, discount, total };
  const data = { id: 'ord_1', orderNumber, userId: 'ann', status, paymentMethod, ...sums, trackingNumber };

  it('is what became of it, without its items', () => {
    const [placed] = ofOrder({ type: 'OrderPlaced', ...order });
    expect(placed).toMatchObject({ type: 'order.placed', subject: 'ord_1', data });
    expect(placed?.data).toEqual(data);
    const types = {
      OrderProcessingStarted: 'processing',
      OrderShipped: 'shipped',
      OrderCompleted: 'completed',
    } as const;
    for (const [type, name] of Object.entries(types)) {
      expect(ofOrder({ type: type as keyof typeof types, ...order })).toMatchObject([{ type: `order.${name}`, data }]);
    }
  });

  it('says why it was cancelled, and how it was paid', () => {
    const [cancelled] = ofOrder({ type: 'OrderCancelled', ...order, reason: 'unpaid' });
    expect(cancelled).toMatchObject({ type: 'order.cancelled', data: { ...data, reason: 'unpaid' } });
    const [paid] = ofOrder({ type: 'OrderPaid', ...order, reference: 'p1' });
    expect(paid).toMatchObject({ type: 'order.paid', data: { ...data, reference: 'p1' } });
  });

  it('is nothing before it is placed, and nothing of one that never is', () => {
    const reason = { code: 'NOT_PLACED_IN_TIME' } as const;
    const events: OrderEvent[] = [
      { type: 'OrderSubmitted', ...order, lines: [] },
      { type: 'OrderRejected', ...order, reason },
      { type: 'OrderSettled', ...order },
      { type: 'OrderDeclined', reason },
    ];
    expect(events.flatMap(ofOrder)).toEqual([]);
  });
});

describe('what is told of an inventory', () => {
  const inventory = { ...mainInventoryFacts, inventoryId: 2, ownerId: 'ann', description: 'x', createdAt: 1000 };
  const { description: _long, createdAt: _at, ...short } = inventory;
  const data = { id: '2', ...short };
  const ofInventory = (event: InventoryEvent) => told(recorded('inventory-2', event));

  it('is the inventory, without its description', () => {
    const [opened] = ofInventory({ type: 'InventoryOpened', ...inventory });
    expect(opened).toMatchObject({ type: 'inventory.opened', subject: '2' });
    expect(opened?.data).toEqual(data);
  });

  it('is what changed of it', () => {
    const [changed] = ofInventory({ type: 'InventoryChanged', ...inventory, changed: ['description'] });
    expect(changed).toMatchObject({ type: 'inventory.changed', data: { ...data, changed: ['description'] } });
  });
});

describe('what is told of a product', () => {
  const ofItem = (event: ItemEvent) => told(recorded('catalog-lamp', event));
  const { itemId: id, number, name, price, originalPrice, categoryId, sku, featured } = facts;
  const short = { id, number, name, price, originalPrice, categoryId, sku, featured };

  it('is the product, without what may be long', () => {
    const data = { ...short, discontinued: false };
    const [created] = ofItem({ type: 'ItemCreated', ...facts });
    expect(created).toMatchObject({ type: 'product.created', subject: id });
    expect(created?.data).toEqual(data);
    expect(ofItem({ type: 'ItemReinstated', ...facts })).toMatchObject([{ type: 'product.restored', data }]);
    expect(ofItem({ type: 'ItemDiscontinued', ...facts })).toMatchObject([
      { type: 'product.discontinued', data: { ...data, discontinued: true } },
    ]);
  });

  it('is what changed of it', () => {
    const changed = { type: 'ItemChanged', ...facts, changed: ['price'], discontinued: true } as const;
    expect(ofItem(changed)).toMatchObject([
      { type: 'product.changed', data: { ...short, discontinued: true, changed: ['price'] } },
    ]);
  });

  it('is nothing when only time was noted', () => {
    expect(ofItem({ type: 'ItemTimeNoted' })).toEqual([]);
  });
});

it.each(['slot-5', 'category-lamps', 'somebody-elses'])('nothing is told of the stream %s', (stream) => {
  expect(told(recorded(stream, { type: 'Anything' }))).toEqual([]);
});

describe('what is told of a request', () => {
  it('is each acceptance, with who made it and what is accepted in all, and that it is completed', () => {
    const completed = requestOf({ currentQty: 5, acceptanceCount: 1, status: 'completed' });
    const data = { id: '10', userId: 'ann', type: 'Humanpower', status: 'completed', requiredQty: 5, currentQty: 5 };
    const of = (event: RequestEvent) => told(recorded('request-10', event)).map(({ type, data: is }) => [type, is]);
    expect(of({ type: 'RequestAccepted', ...completed, acceptance: acceptanceOf({ qty: 5 }) })).toEqual([
      ['request.accepted', { ...data, acceptanceId: 7, accepterId: 'bob', qty: 5 }],
    ]);
    expect(of({ type: 'RequestCompleted', ...completed })).toEqual([['request.completed', data]]);
  });
});

const ofSources = ['purchase.returned', 'hold.returned', 'order.returned'] as const;

describe('what is told of units that were given back', () => {
  it.each(ofSources)('names what they were taken with: %s', (type) => {
    const [source] = type.split('.') as ['purchase' | 'hold' | 'order', string];
    const taken = { source, sourceId: 's1', customerId: 'ann', takenQuantity: 3, takenAt: 1 };
    const now = { quantity: 1, returnedQuantity: 2, reason: null, number: 7 };
    const balance = balanceOf({ total: 20, taken: 1 });
    const events = ofStock({ type: 'UnitsGivenBack', ...taken, ...now, balance });
    const id = source === 'hold' ? holdIds.idOf({ holdId: 's1', stock: itemStock('lamp') }) : 's1';
    const units = { quantity: 3, returnedQuantity: 2, partQuantity: 1, reason: null };
    const data = { id, itemId: 'lamp', inventoryId: 1, userId: 'ann', ...units };
    expect(events[0]).toMatchObject({ type, subject: id, data });
    expect(events[1]).toMatchObject({ type: 'stock.changed', data: { available: 19, availableBefore: 18 } });
  });
});

describe('what a client has noted', () => {
  const labels = { reference: 'cart-7', metadata: { channel: 'app' } };
  const balance = balanceOf({ total: 20 });
  const dataOf = (event: StockEvent) => ofStock(event).map(({ data }) => data);

  it('is told with what it was noted with, and not of its stock', () => {
    const [purchase, stock] = dataOf({ ...bought(2, 12), labels } as StockEvent);
    expect(purchase).toMatchObject({ id: 'pur_1', ...labels });
    expect(stock).not.toHaveProperty('reference');
    const ended = { ...holdOf({ labels }), balance };
    for (const type of ['UnitsHeld', 'HoldExtended', 'HoldCancelled', 'HoldExpired'] as const) {
      expect(dataOf({ type, ...ended })[0]).toMatchObject(labels);
    }
    expect(dataOf({ type: 'HoldConfirmed', ...ended, confirmedQuantity: 1 })[0]).toMatchObject(labels);
    const lend = { ...lendOf({ labels }), balance };
    expect(dataOf({ type: 'UnitsLent', ...lend })[0]).toMatchObject(labels);
    const asLend = dataOf({ type: 'HoldLent', ...ended, ...lend });
    expect(asLend).toMatchObject([{ confirmedQuantity: 3, ...labels }, { lentAt: expect.any(String), ...labels }, {}]);
    const source = { source: 'purchase', sourceId: 's1', customerId: 'ann', takenQuantity: 3, takenAt: 1 } as const;
    const back = { quantity: 1, returnedQuantity: 2, reason: null, number: 7, labels };
    expect(dataOf({ type: 'UnitsGivenBack', ...source, ...back, balance })[0]).toMatchObject(labels);
  });

  it('of an order is told by another name where its reference is that of the payment', () => {
    const ofOrder = (event: OrderEvent) => told(recorded('order-ord_1', event)).map(({ data }) => data);
    expect(ofOrder({ type: 'OrderPlaced', ...orderOf({ labels }) })).toMatchObject([labels]);
    const paid = { type: 'OrderPaid', reference: 'pay_1' } as const;
    const { metadata: noted } = labels;
    const wanted = [{ reference: 'pay_1', orderReference: 'cart-7', metadata: noted }];
    expect(ofOrder({ ...paid, ...orderOf({ labels }) })).toMatchObject(wanted);
    expect(ofOrder({ ...paid, ...orderOf() })[0]).not.toHaveProperty('orderReference');
  });
});

describe('every event that was ever stored', () => {
  interface Fixture {
    readonly type: string;
    readonly schemaVersion: number;
    readonly data: object;
  }

  async function fixtures(name: string): Promise<readonly Fixture[]> {
    return JSON.parse(await readFile(`libs/domain/stored-events/${name}.json`, 'utf8')) as Fixture[];
  }

  it('gives the same public events when it is read again, each with an id of its own', async () => {
    const types = new Set<string>();
    for (const [name, stream] of [
      ['stock', lamp],
      ['item', 'catalog-lamp'],
      ['order', 'order-ord_1'],
      ['inventory', 'inventory-2'],
      ['request', 'request-10'],
    ] as const) {
      for (const { type, schemaVersion, data } of await fixtures(name)) {
        const event = recorded(stream, { ...data, type }, schemaVersion);
        const once = told(event);
        expect(told(structuredClone(event))).toEqual(once);
        expect(new Set(once.map((each) => each.id)).size).toBe(once.length);
        for (const each of once) {
          types.add(each.type);
          expect(each.data.id).toBe(each.subject);
          expect(JSON.parse(JSON.stringify(each))).toEqual(each);
        }
      }
    }
    // A stock that is low follows from its units, not from a type of event; what was given back has three kinds of source.
    expect([...types.union(new Set(['stock.low', ...ofSources]))].toSorted()).toEqual(publicEventTypes.toSorted());
  });
});
