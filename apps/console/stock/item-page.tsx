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
import { AdjustStock } from './adjust-stock.tsx';
import { Discontinue } from './discontinue.tsx';
import { ItemState } from './items-page.tsx';
import { MovementsSection } from './movements-section.tsx';
import { ReceiveUnits } from './receive-units.tsx';
import { SaleTermsForm } from './sale-terms-form.tsx';
import { StockAsOf } from './stock-as-of.tsx';
import { useMovements } from './use-movements.ts';
import { Whereabouts } from './whereabouts.tsx';

/** An item for staff: its stock as it is and was, and what can be done with it. */
export function ItemPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const product = useAnswer((signal) => holdfast.products.get(id, { include: 'discontinued' }, { signal }), [id]);
  return (
    <Page
      title={product.value?.name ?? t.stock.items.item}
      aside={
        product.value === undefined ? null : <Discontinue product={product.value} changed={() => product.reload()} />
      }
    >
      <Answered of={product} lines={12}>
        {(found) => <Item product={found} changed={product.reload} />}
      </Answered>
    </Page>
  );
}

function Item({ product, changed }: { product: ProductAnswer; changed: () => void }) {
  const { t, format } = useLanguage();
  const { id } = product;
  const stock = useFollowed<StockAnswer, StockAnswer>(
    { stream: (options) => holdfast.stock.follow(id, {}, options), apply: theLast },
    [id],
  );
  const { all, rows } = useMovements(
    (query, options) => holdfast.stock.history(id, query, options),
    stock.value?.revision,
  );
  return (
    <>
      <div class="two">
        <div class="stack">
          <Section title={t.stock.item.balance} aside={<ConnectionBadge of={stock.connection} />}>
            <Answered of={stock} lines={3}>
              {(balance) => (
                <>
                  <p data-available={balance.stock}>
                    <span class="great">{format.number(balance.stock)}</span>{' '}
                    <ItemState stock={balance.stock} discontinued={product.discontinued} />
                  </p>
                  <BalanceBar balance={balance} />
                </>
              )}
            </Answered>
          </Section>
          <Section title={t.stock.item.receiveOrAdjust}>
            <ReceiveUnits product={product} />
            <AdjustStock product={product} available={stock.value?.stock} />
          </Section>
        </div>
        <StockAsOf id={id} present={stock.value} first={all.value?.first} last={all.value?.newest.at(-1)} />
      </div>
      <Section title={t.stock.terms.title}>
        <SaleTermsForm
          terms={product}
          change={async (terms) => {
            await holdfast.products.change(id, terms);
            changed();
          }}
        />
      </Section>
      <MovementsSection movements={all.value} rows={rows} />
      <Whereabouts id={id} />
    </>
  );
}
