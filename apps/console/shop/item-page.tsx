import type { ProductAnswer, StockAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { theLast, useFollowed } from '../live/use-followed.ts';
import { Answered } from '../parts/answered.tsx';
import { BalanceBar } from '../parts/balance-bar.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { holdfast } from '../session/holdfast.ts';
import { Buy } from './buy.tsx';
import { FlashSale } from './flash-sale.tsx';
import { HoldCard } from './hold-card.tsx';
import { noPicture } from './products-page.tsx';
import { usePlacedHolds } from './use-placed-holds.ts';

export function ItemPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const product = useAnswer((signal) => holdfast.products.get(id, {}, { signal }), [id]);
  return (
    <Page title={product.value?.name ?? t.shop.item.title}>
      <Answered of={product} lines={10}>
        {(found) => <Item product={found} />}
      </Answered>
    </Page>
  );
}

function Item({ product }: { product: ProductAnswer }) {
  const { t, format } = useLanguage();
  const { holds, add, replace } = usePlacedHolds();
  const stock = useFollowed<StockAnswer, StockAnswer>(
    { stream: (options) => holdfast.stock.follow(product.id, {}, options), apply: theLast },
    [product.id],
  );
  return (
    <>
      <div class="two">
        <Section title={t.shop.item.title}>
          <img class="picture" src={product.images[0] ?? noPicture} alt="" width="240" height="240" />
          <p class="price">{format.price(product.price)}</p>
          <p>{product.description}</p>
          <SaleTerms {...product} />
        </Section>
        <div class="stack">
          <Section title={t.shop.item.availability} aside={<ConnectionBadge of={stock.connection} />}>
            <Answered of={stock} lines={3}>
              {(balance) => (
                <>
                  <p class="great" data-available={balance.stock}>
                    {balance.stock > 0 ? t.shop.item.left(format.number(balance.stock)) : t.shop.item.soldOut}
                  </p>
                  <BalanceBar balance={balance} />
                </>
              )}
            </Answered>
          </Section>
          <Section title={t.shop.item.get}>
            <Buy product={product} held={add} />
            {holds.map((hold) => (
              <HoldCard key={hold.id} hold={hold} changed={replace} />
            ))}
          </Section>
        </div>
      </div>
      <FlashSale product={product} available={stock.value?.stock} />
    </>
  );
}

function SaleTerms({ purchaseLimit, saleStartsAt, saleEndsAt }: ProductAnswer) {
  const { t, format } = useLanguage();
  return (
    <>
      {purchaseLimit === null ? null : <p>{t.shop.item.limit(format.number(purchaseLimit))}</p>}
      {saleStartsAt === null ? null : <p>{t.shop.item.startsAt(format.moment(saleStartsAt))}</p>}
      {saleEndsAt === null ? null : <p>{t.shop.item.endsAt(format.moment(saleEndsAt))}</p>}
    </>
  );
}
