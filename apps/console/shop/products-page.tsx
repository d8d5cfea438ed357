import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { useRows } from '../live/use-rows.ts';
import { Answered } from '../parts/answered.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { More } from '../parts/table.tsx';
import { goOn, hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { PlacesLeft } from './places-left.tsx';

const portion = 24;

export function ProductsPage(place: Place) {
  const { t, format } = useLanguage();
  const search = place.query.get('search') ?? '';
  const categoryId = place.query.get('category') ?? '';
  const categories = useAnswer((signal) => holdfast.categories.list({ signal }), []);
  const products = useRows(
    (signal) =>
      holdfast.products.list(
        {
          limit: portion,
          ...(search === '' ? {} : { search }),
          ...(categoryId === '' ? {} : { categoryId }),
        },
        { signal },
      ),
    [search, categoryId],
    portion,
  );
  return (
    <Page title={t.shop.products.title}>
      <form class="row" role="search" onSubmit={(event) => event.preventDefault()}>
        <Field
          label={t.shop.products.search}
          type="search"
          value={search}
          onValue={(value) => goOn(place, { search: value })}
        />
        <Choice
          label={t.shop.products.category}
          value={categoryId}
          options={[
            ['', t.shop.products.allCategories],
            ...(categories.value ?? []).map(({ id, name, icon }) => [id, `${icon} ${name}`] as const),
          ]}
          onValue={(category) => goOn(place, { category })}
        />
      </form>
      <Answered of={products} lines={12} empty={t.shop.products.none}>
        {(rows) => (
          <div aria-busy={products.isLoading}>
            <div class="tiles">
              {rows.map(({ id, name, price, thumbnail, images, stock }) => (
                <a key={id} class="tile" href={hrefOf(['shop', 'products', id])}>
                  <img src={thumbnail ?? images[0] ?? noPicture} alt="" loading="lazy" width="200" height="200" />
                  <span>{name}</span>
                  <span class="price">{format.price(price)}</span>
                  <PlacesLeft count={stock} left={t.shop.item.left(format.number(stock))} none={t.shop.item.soldOut} />
                </a>
              ))}
            </div>
            <More of={products} />
          </div>
        )}
      </Answered>
    </Page>
  );
}

export const noPicture = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M2 7l2-3 2 2 1-1 1 2z" fill="#888"/></svg>',
)}`;
