import { useLanguage } from '../language/language.tsx';
import { useRows } from '../live/use-rows.ts';
import { Badge } from '../parts/badge.tsx';
import { Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { goOn, hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { noPicture } from '../shop/products-page.tsx';

const portion = 25;

/** All items of the catalog, those that are discontinued too. */
export function ItemsPage(place: Place) {
  const { t, format } = useLanguage();
  const search = place.query.get('search') ?? '';
  const items = useRows(
    (signal) =>
      holdfast.products.list(
        { limit: portion, include: 'discontinued', ...(search === '' ? {} : { search }) },
        { signal },
      ),
    [search],
    portion,
  );
  return (
    <Page title={t.stock.items.title}>
      <form class="row" role="search" onSubmit={(event) => event.preventDefault()}>
        <Field
          label={t.stock.items.search}
          type="search"
          value={search}
          onValue={(value) => goOn(place, { search: value })}
        />
      </form>
      <Section title={t.stock.items.found}>
        <Listed
          caption={t.stock.items.title}
          of={items}
          empty={t.stock.items.none}
          keyOf={({ id }) => id}
          columns={[
            {
              head: t.stock.items.item,
              cell: ({ id, name, thumbnail, images }) => (
                <a class="pictured" href={hrefOf(['stock', 'items', id])}>
                  <img src={thumbnail ?? images[0] ?? noPicture} alt="" loading="lazy" width="40" height="40" />
                  {name}
                </a>
              ),
            },
            { head: t.stock.items.sku, cell: ({ sku }) => sku ?? '–' },
            { head: t.frame.balance.available, isNumber: true, cell: ({ stock }) => format.number(stock) },
            { head: t.stock.items.price, isNumber: true, cell: ({ price }) => format.price(price) },
            { head: t.stock.items.state, cell: (item) => <ItemState {...item} /> },
          ]}
        />
      </Section>
    </Page>
  );
}

/** Whether units of an item can be bought. */
export function ItemState({ stock, discontinued }: { stock: number; discontinued: boolean }) {
  const { t } = useLanguage();
  if (discontinued) return <Badge>{t.stock.items.discontinued}</Badge>;
  return stock > 0 ? (
    <Badge tone="good">{t.frame.balance.available}</Badge>
  ) : (
    <Badge tone="bad">{t.stock.items.soldOut}</Badge>
  );
}
