import type { InventoryAnswer, LendAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useRows, type Rows } from '../live/use-rows.ts';
import { Choice } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { goOn, hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { InventoriesTable } from './inventories-table.tsx';
import { LendActions } from './lend-actions.tsx';
import { LendState } from './lend-state.tsx';

const portion = 25;
const inventoriesShown = 100;
const filters = { overdue: { overdue: true }, open: { open: true }, all: {} } as const;
type Filter = keyof typeof filters;

/** What is lent, from all inventories or one of them. */
export function LendsPage(place: Place) {
  const { t, format } = useLanguage();
  const shown = place.query.get('show') ?? '';
  const filter = Object.hasOwn(filters, shown) ? (shown as Filter) : 'open';
  const inventory = place.query.get('inventory') ?? '';
  const inventories = useRows(
    (signal) => holdfast.inventories.list({ limit: inventoriesShown }, { signal }),
    [],
    inventoriesShown,
  );
  const lends = useRows(
    (signal) =>
      holdfast.lends.list(
        { limit: portion, ...filters[filter], ...(inventory === '' ? {} : { inventory_id: Number(inventory) }) },
        { signal },
      ),
    [filter, inventory],
    portion,
  );
  return (
    <Page title={t.stock.lends.title}>
      <form class="row" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={t.stock.lends.show}
          value={filter}
          options={(Object.keys(filters) as Filter[]).map((name) => [name, t.stock.lends.filters[name]] as const)}
          onValue={(show) => goOn(place, { show })}
        />
        <Choice
          label={t.stock.lends.inventory}
          value={inventory}
          options={[
            ['', t.stock.lends.allInventories],
            ...(inventories.value ?? []).map(
              ({ inventory_id, name }) => [String(inventory_id), `${format.number(inventory_id)} · ${name}`] as const,
            ),
          ]}
          onValue={(chosen) => goOn(place, { inventory: chosen })}
        />
      </form>
      <Section title={t.stock.lends.filters[filter]}>
        <LendsTable lends={lends} inventories={inventories.value ?? []} />
      </Section>
      <Section title={t.stock.lends.inventories}>
        <InventoriesTable inventories={inventories} />
      </Section>
    </Page>
  );
}

interface LendsTableProps {
  readonly lends: Rows<LendAnswer>;
  readonly inventories: readonly InventoryAnswer[];
}

function LendsTable({ lends, inventories }: LendsTableProps) {
  const { t, format } = useLanguage();
  const nameOf = (id: number) => inventories.find(({ inventory_id }) => inventory_id === id)?.name ?? format.number(id);
  return (
    <Listed
      caption={t.stock.lends.title}
      of={lends}
      empty={t.stock.lends.none}
      keyOf={({ lend_id }) => lend_id}
      columns={[
        {
          head: t.stock.lends.lend,
          cell: ({ lend_id }) => <a href={hrefOf(['stock', 'lends', lend_id])}>{format.number(lend_id)}</a>,
        },
        {
          head: t.stock.lends.item,
          cell: ({ item_id }) =>
            item_id === null ? '–' : <a href={hrefOf(['stock', 'items', item_id])}>{format.number(item_id)}</a>,
        },
        {
          head: t.stock.lends.borrower,
          cell: ({ user_id }) => (user_id === null ? t.stock.lends.erased : format.number(user_id)),
        },
        { head: t.stock.lends.inventory, cell: ({ from_inventory_id }) => nameOf(from_inventory_id) },
        {
          head: t.stock.lends.unitsOut,
          isNumber: true,
          cell: ({ qty, returned_qty }) => format.number(qty - returned_qty),
        },
        { head: t.stock.lends.dueAt, cell: ({ due_at }) => (due_at === null ? '–' : format.moment(due_at)) },
        { head: t.stock.items.state, cell: (lend) => <LendState lend={lend} /> },
        { head: t.shop.mine.action, cell: (lend) => <LendActions lend={lend} changed={lends.reload} /> },
      ]}
    />
  );
}
