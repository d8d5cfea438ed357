import fc from 'fast-check';
import { isRejected, itemStock, nextTransferTask, stockAggregate, stockStream, transferAggregate } from '#domain';
import type {
  KnownTransfer,
  StockCommand,
  StockEvent,
  StockId,
  Transfer,
  TransferAnswerOfStock,
  TransferCommand,
} from '#domain';
import { transferOf } from '#dev/testing';

const inventories = [1, 2, 3] as const;
const runnersPerTransfer = 3;
const startUnits = 10;
const stepsMax = 50;

/** What happens next: a runner does its next step or begins anew, or somebody else changes a stock. */
type Turn =
  | { readonly type: 'step' | 'restart'; readonly transfer: number; readonly runner: number }
  | { readonly type: 'change'; readonly inventoryId: number; readonly command: StockCommand };

const anyTransfer = fc
  .record({
    from: fc.constantFrom(...inventories),
    distance: fc.constantFrom(1, 2),
    quantity: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ from, distance, quantity }) => ({
    quantity,
    fromInventoryId: from,
    toInventoryId: ((from + distance - 1) % inventories.length) + 1,
  }));

const anyTurn: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom('step' as const, 'step' as const, 'step' as const, 'restart' as const),
      transfer: fc.nat({ max: 3 }),
      runner: fc.nat({ max: runnersPerTransfer - 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('change' as const),
      inventoryId: fc.constantFrom(...inventories),
      command: fc.integer({ min: 1, max: 5 }).map((quantity): StockCommand => {
        return { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity };
      }),
    }),
  },
);

/** The streams of all stocks and transfers, and processes that carry out the transfers at the same time. */
class World {
  readonly #streams = new Map<string, StockEvent[]>();
  readonly #transfers: Transfer[];
  readonly #lastAnswers = new Map<string, TransferAnswerOfStock>();
  readonly #unitsMax: number | undefined;

  constructor(wanted: readonly Pick<KnownTransfer, 'quantity' | 'fromInventoryId' | 'toInventoryId'>[], full?: number) {
    this.#transfers = wanted.map((of, index) => ({ ...transferOf({ ...of, transferId: index + 1 }), reason: null }));
    this.#unitsMax = full;
    for (const inventoryId of inventories) {
      this.command(inventoryId, { type: 'Provide', quantity: this.#unitsMax ?? startUnits, provideId: null });
    }
  }

  get transfers(): readonly KnownTransfer[] {
    return this.#transfers as readonly KnownTransfer[];
  }

  command(inventoryId: number, command: StockCommand): void {
    this.#decide(itemStock('lamp', inventoryId), command);
  }

  restart(transfer: number, runner: number): void {
    this.#lastAnswers.delete(`${transfer} ${runner}`);
  }

  /** Whether there was something left to do. */
  step(index: number, runner: number): boolean {
    const transfer = this.#transfers[index] as KnownTransfer;
    const task = nextTransferTask(transfer, this.#lastAnswers.get(`${index} ${runner}`));
    if (task === undefined) return false;
    if (task.to === 'transfer') this.#record(index, task.command);
    else {
      this.#decide(task.stock, task.command);
      const { transferId } = transfer;
      const event = this.eventsOf(task.stock).findLast(
        (each) => 'transferId' in each && each.transferId === transferId,
      );
      const answer = { command: task.command, event } as TransferAnswerOfStock;
      this.#lastAnswers.set(`${index} ${runner}`, answer);
    }
    return true;
  }

  eventsOf(stock: StockId): readonly StockEvent[] {
    return this.#streams.get(stockStream(stock)) ?? [];
  }

  total(inventoryId: number): number {
    return this.eventsOf(itemStock('lamp', inventoryId)).at(-1)?.balance.total ?? 0;
  }

  /** Units in all stocks, with those that have left one and not come to any. */
  units(): number {
    const all = inventories.flatMap((inventoryId) => this.eventsOf(itemStock('lamp', inventoryId)));
    const moved = (type: StockEvent['type']): number =>
      all.reduce((sum, event) => (event.type === type && 'quantity' in event ? sum + event.quantity : sum), 0);
    const onTheWay = moved('UnitsSent') - moved('UnitsReceived') - moved('SendingCancelled');
    return onTheWay + inventories.reduce((sum, inventoryId) => sum + this.total(inventoryId), 0);
  }

  #record(index: number, command: TransferCommand): void {
    const transfer = this.#transfers[index] as Transfer;
    const decision = transferAggregate.decide({ ...command, at: 2000 }, transfer);
    if (isRejected(decision)) throw new Error(decision.rejection.code);
    this.#transfers[index] = decision.reduce(transferAggregate.evolve, transfer);
  }

  #decide(stock: StockId, command: StockCommand): void {
    const events = this.eventsOf(stock);
    const state = events.reduce(stockAggregate.evolve, stockAggregate.initial);
    const decision = stockAggregate.decide({ ...command, at: 2000 }, state);
    if (!isRejected(decision)) this.#streams.set(stockStream(stock), [...events, ...decision]);
  }
}

describe('transfers that several processes carry out at once, each of them cut and begun anew at any step', () => {
  it.each([
    ['stocks with few units', undefined],
    ['stocks that are full', 1_000_000_000],
  ])('lose no unit and double none, and come to one end: %s', (_, full) => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(anyTransfer, { minLength: 1, maxLength: 4 }),
        fc.array(anyTurn, { maxLength: stepsMax, size: 'max' }),
        (wanted, turns) => {
          const world = new World(wanted, full);
          const before = world.units();
          const starts = inventories.map((inventoryId) => world.total(inventoryId));
          for (const turn of turns) {
            if (turn.type === 'change') world.command(turn.inventoryId, turn.command);
            else if (turn.type === 'restart') world.restart(turn.transfer % wanted.length, turn.runner);
            else world.step(turn.transfer % wanted.length, turn.runner);
            expect(world.units()).toBe(before);
          }
          // Somebody goes on until nothing is left to do.
          for (const index of wanted.keys()) while (world.step(index, 0));
          expect(world.units()).toBe(before);
          const completed = world.transfers.filter(({ status }) => status === 'completed');
          for (const [place, inventoryId] of inventories.entries()) {
            const came = completed.filter(({ toInventoryId }) => toInventoryId === inventoryId);
            const left = completed.filter(({ fromInventoryId }) => fromInventoryId === inventoryId);
            const sum = (of: readonly KnownTransfer[]): number => of.reduce((all, { quantity }) => all + quantity, 0);
            expect(world.total(inventoryId)).toBe((starts[place] ?? 0) + sum(came) - sum(left));
          }
          for (const { status, reason } of world.transfers) ends.add(reason?.code ?? status);
        },
      ),
    );
    expect(ends).toEqual(new Set(['completed', full === undefined ? 'INSUFFICIENT_STOCK' : 'TOO_MANY_UNITS']));
  });
});
