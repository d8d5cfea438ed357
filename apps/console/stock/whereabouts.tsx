import { useLanguage } from '../language/language.tsx';
import { useRows } from '../live/use-rows.ts';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { hrefOf } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { LendState } from './lend-state.tsx';

const portion = 20;
const mainInventory = 1;

/** In which inventories the units of an item are, and who has them; of an item that is in another than the main one. */
export function Whereabouts({ id }: { id: string }) {
  const { t, format } = useLanguage();
  const inventories = useRows(
    (signal) => holdfast.items.whereabouts(id, { limit: portion }, { signal }),
    [id],
    portion,
  );
  const isElsewhere = inventories.value?.some(({ inventory_id }) => inventory_id !== mainInventory) ?? false;
  if (!isElsewhere) return null;
  const part = (name: 'available' | 'held' | 'reserved' | 'lent') => ({
    head: t.frame.balance[name],
    isNumber: true,
    cell: ({ balance }: { balance: Record<typeof name, number> }) => format.number(balance[name]),
  });
  return (
    <Section title={t.stock.lends.whereabouts}>
      <Listed
        caption={t.stock.lends.whereabouts}
        of={inventories}
        empty={t.stock.movements.none}
        keyOf={({ inventory_id }) => inventory_id}
        columns={[
          { head: t.stock.lends.inventory, cell: ({ inventory_id }) => format.number(inventory_id) },
          part('available'),
          part('held'),
          part('reserved'),
          part('lent'),
          {
            head: t.stock.lends.filters.open,
            cell: ({ lends }) => (
              <ul class="plain">
                {lends.map((lend) => (
                  <li key={lend.lend_id}>
                    <a href={hrefOf(['stock', 'lends', lend.lend_id])}>
                      {t.stock.lends.numbered(format.number(lend.lend_id))}
                    </a>{' '}
                    <LendState lend={lend} />
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Section>
  );
}
