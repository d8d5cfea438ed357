import type { InventoryAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import type { Rows } from '../live/use-rows.ts';
import { Listed } from '../parts/table.tsx';

export function InventoriesTable({ inventories }: { inventories: Rows<InventoryAnswer> }) {
  const { t, format } = useLanguage();
  const limit = (value: number | null) => (value === null ? '–' : format.number(value));
  const yes = (value: boolean) => (value ? t.stock.lends.yes : t.stock.lends.no);
  return (
    <Listed
      caption={t.stock.lends.inventories}
      of={inventories}
      empty={t.stock.lends.noInventories}
      keyOf={({ inventory_id }) => inventory_id}
      columns={[
        { head: t.stock.lends.number, cell: ({ inventory_id }) => format.number(inventory_id) },
        { head: t.stock.lends.name, cell: ({ name }) => name },
        { head: t.stock.lends.isLent, cell: ({ lends }) => yes(lends) },
        { head: t.stock.lends.takesProvides, cell: ({ takesProvides }) => yes(takesProvides) },
        {
          head: t.stock.lends.lendFor,
          cell: ({ defaultLendSeconds }) => (defaultLendSeconds === null ? '–' : format.duration(defaultLendSeconds)),
        },
        { head: t.stock.lends.renewalsMax, isNumber: true, cell: ({ renewalsMax }) => format.number(renewalsMax) },
        { head: t.stock.lends.openLendsMax, isNumber: true, cell: ({ openLendsMax }) => limit(openLendsMax) },
        { head: t.stock.lends.lentUnitsMax, isNumber: true, cell: ({ lentUnitsMax }) => limit(lentUnitsMax) },
      ]}
    />
  );
}
