import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { settledAfter, Numbers, UniqueValues } from '#commands';
import { isRejected, itemStock, type ItemId, type ItemRejection } from '#domain';
import type { Rejected, SaleTerms, StockRejection } from '#domain';
import { madeId } from '#ids';
import {
  done,
  rejectField,
  step,
  type Settled,
  type UseCaseContext,
  type UseCaseOutcome,
  type Write,
} from '#use-cases';
import { rejectionOfNewTerms, setTerms } from '../stock/set-terms.ts';
import { Stocks } from '../stock/stocks.ts';
import { Categories } from './categories.ts';
import type { CategoryLookup, ReservationRejection } from './item-reservations.ts';
import { ItemWrites, type NewItemDetails } from './item-writes.ts';

/** An item as it is to be. Without an id, it is the one that has its SKU; without a SKU, a new one. */
export interface ImportLine {
  /** Its place in the request, which makes its command the same at every attempt. */
  readonly place: number;
  readonly id: string | undefined;
  readonly details: NewItemDetails;
  readonly terms: Partial<SaleTerms>;
  /** How many units were counted. */
  readonly onHand: number | undefined;
  readonly reason: string;
}

export interface ImportedItem {
  readonly id: string;
  readonly result: 'created' | 'changed' | 'unchanged';
}

type LineRejection = ItemRejection | ReservationRejection | StockRejection | { readonly code: 'KEY_REUSED' };
/** Without a value when it was only checked. */
export type LineOutcome = UseCaseOutcome<ImportedItem | undefined, LineRejection>;
type Outcome = UseCaseOutcome<readonly Settled<LineOutcome>[], never>;

const linesAtOnceMax = 256;
/** Another request may create or change the item between two looks at it. */
const looksMax = 3;

/** Makes items as they are to be: each line is a command of its own, whatever becomes of the others. */
export class ImportItems extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly lines: readonly ImportLine[],
    /** Whether the lines are only checked, and nothing is recorded. */
    readonly isDryRun: boolean,
  ) {
    super();
  }
}

/** What was known of the items when the import began, and what it has done since. */
interface Known {
  /** Ids of items that may exist: those that have a number. */
  readonly ids: Set<string>;
  /** Which items may have a SKU. */
  readonly ownerOfSku: Map<string, string>;
  readonly categories: CategoryLookup;
}

@CommandHandler(ImportItems)
export class ImportItemsHandler implements ICommandHandler<ImportItems> {
  constructor(
    private readonly writes: ItemWrites,
    private readonly stocks: Stocks,
    private readonly numbers: Numbers,
    private readonly skus: UniqueValues,
    private readonly categories: Categories,
  ) {}

  async execute({ context, lines, isDryRun }: ImportItems): Promise<Outcome> {
    const known = await this.#known(lines, context);
    const outcomes: Settled<LineOutcome>[] = [];
    const waiting = lines.entries();
    const sequences = new Sequences();
    const importEach = async (): Promise<void> => {
      for (const [index, line] of waiting) {
        const names = namesOf(line, known);
        outcomes[index] = await sequences.run(names, () =>
          this.#settled(() => this.#outcomeOf(line, known, contextOf(line, context), isDryRun), context),
        );
      }
    };
    await Promise.all(Array.from({ length: linesAtOnceMax }, importEach));
    return done(outcomes, ...outcomes.map((outcome) => ('write' in outcome ? outcome.write : undefined)));
  }

  async #known(lines: readonly ImportLine[], context: UseCaseContext): Promise<Known> {
    const ids = lines.map((line) => line.id ?? madeId('item', contextOf(line, context).commandId));
    const skus = lines.flatMap(({ details: { sku } }) => (typeof sku === 'string' ? [sku] : []));
    const [known, owners] = await Promise.all([
      this.numbers.targetsAmong('item', ids),
      this.skus.ownersOf('sku', skus),
    ]);
    return { ids: new Set(known), ownerOfSku: new Map(owners), categories: remembered(this.categories) };
  }

  async #settled(work: () => Promise<LineOutcome>, context: UseCaseContext): Promise<Settled<LineOutcome>> {
    try {
      return await work();
    } catch (failure) {
      // Other lines are done: their answers must be given, and a retry must still find out about this one.
      context.noteUnfinished?.(settledAfter(failure));
      return { failure };
    }
  }

  #outcomeOf(line: ImportLine, known: Known, context: UseCaseContext, isDryRun: boolean): Promise<LineOutcome> {
    return isDryRun ? this.#check(line, known) : this.#import(line, known, context);
  }

  async #import(line: ImportLine, known: Known, context: UseCaseContext): Promise<LineOutcome> {
    const rejected = rejectionOfNewTerms(line.terms);
    if (rejected !== undefined) return rejected;
    const put = await this.#put(line, known, context);
    if (isRejected(put)) return put;
    const { id, result, write } = put;
    known.ids.add(id);
    if (typeof line.details.sku === 'string') known.ownerOfSku.set(line.details.sku, id);
    const set = await setTerms(this.stocks, itemStock(id), line.terms, context);
    if (isRejected(set)) return set;
    const counted = await this.#count(id, line, context);
    if (isRejected(counted)) return counted;
    const isChanged = result === 'unchanged' && (set.write ?? counted.write) !== undefined;
    return done({ id, result: isChanged ? 'changed' : result }, write, set.write, counted.write);
  }

  async #count(
    id: ItemId,
    { onHand, reason }: ImportLine,
    context: UseCaseContext,
  ): Promise<{ readonly write: Write | undefined } | Rejected<StockRejection>> {
    if (onHand === undefined) return { write: undefined };
    return this.stocks.of(itemStock(id)).execute({ type: 'Count', onHand, reason }, step(context, 'count'));
  }

  /** Both commands have the same id, so that a retry finds out which of them was recorded. */
  async #put(line: ImportLine, known: Known, context: UseCaseContext): Promise<Put | Rejected<LineRejection>> {
    const { details } = line;
    const { categories } = known;
    for (let looks = 1; ; looks++) {
      for (const { id, ...found } of candidatesOf(line, known, context)) {
        const changed = await this.writes.change(id, details, context, { ...found, categories });
        if (!isRejected(changed)) return { id, result: resultOf(changed.recorded?.events), write: changed.write };
        if (changed.rejection.code !== 'ITEM_NOT_FOUND') return changed;
      }
      const id = line.id ?? madeId('item', context.commandId);
      const created = await this.writes.create(id, details, context, categories);
      if (!isRejected(created)) return { id, result: 'created', write: created.write };
      if (looks === looksMax || !(await this.#isMadeMeanwhile(line, created.rejection.code, known))) return created;
    }
  }

  /** Whether another request has made the item, which is then to be changed. */
  async #isMadeMeanwhile({ id, details: { sku } }: ImportLine, code: string, known: Known): Promise<boolean> {
    if (id !== undefined) {
      known.ids.add(id);
      return code === 'ID_TAKEN';
    }
    if (code !== 'SKU_TAKEN' || typeof sku !== 'string') return false;
    const owner = (await this.skus.ownersOf('sku', [sku])).get(sku);
    if (owner === undefined) known.ownerOfSku.delete(sku);
    else known.ownerOfSku.set(sku, owner);
    return true;
  }

  async #check({ details: { categoryId }, terms }: ImportLine, { categories }: Known): Promise<LineOutcome> {
    const rejected = rejectionOfNewTerms(terms);
    if (rejected !== undefined) return rejected;
    const found = typeof categoryId === 'string' ? await categories.find(categoryId) : undefined;
    return found !== undefined && isRejected(found) ? rejectField('categoryId', 'category', {}) : done(undefined);
  }
}

interface Put extends ImportedItem {
  readonly write: Write | undefined;
}

function contextOf({ place }: ImportLine, context: UseCaseContext): UseCaseContext {
  return step(context, `line ${place}`);
}

/** The items that the line may be about, most likely first. */
function candidatesOf(
  { id, details: { sku } }: ImportLine,
  { ids, ownerOfSku }: Known,
  { commandId }: UseCaseContext,
): { readonly id: string; readonly ofSku?: string }[] {
  if (id !== undefined) return ids.has(id) ? [{ id }] : [];
  const made = madeId('item', commandId);
  const own = ids.has(made) ? [{ id: made }] : [];
  const owner = typeof sku === 'string' ? ownerOfSku.get(sku) : undefined;
  return owner === undefined || owner === made || typeof sku !== 'string' ? own : [...own, { id: owner, ofSku: sku }];
}

function resultOf(events: readonly { readonly type: string }[] | undefined): ImportedItem['result'] {
  if (events === undefined) return 'unchanged';
  return events.some(({ type }) => type === 'ItemCreated') ? 'created' : 'changed';
}

/** What lines about the same item have in common. */
function namesOf({ id, details: { sku } }: ImportLine, { ownerOfSku }: Known): readonly string[] {
  const owner = typeof sku === 'string' ? ownerOfSku.get(sku) : undefined;
  return [
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(owner === undefined ? [] : [`id ${owner}`]),
    ...(typeof sku === 'string' ? [`sku ${sku}`] : []),
  ];
}

/** A category that was found during the import is not looked up for each of its items. */
function remembered(categories: CategoryLookup): CategoryLookup {
  const found = new Map<string, ReturnType<CategoryLookup['find']>>();
  return {
    find: (idOrNumber) => {
      const known = found.get(idOrNumber) ?? categories.find(idOrNumber);
      found.set(idOrNumber, known);
      return known;
    },
  };
}

/** Work with a name in common is done one after the other, in the order in which it came. */
class Sequences {
  readonly #latest = new Map<string, Promise<unknown>>();

  async run<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const earlier = names.map((name) => this.#latest.get(name) ?? Promise.resolve());
    const working = Promise.all(earlier).then(work);
    for (const name of names) this.#latest.set(name, working);
    return working;
  }
}
