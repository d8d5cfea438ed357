import { useLanguage } from '../language/language.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { Place } from '../place.ts';
import { ItemPage } from './item-page.tsx';
import { ItemsPage } from './items-page.tsx';
import { LendPage } from './lend-page.tsx';
import { LendsPage } from './lends-page.tsx';
import { OrderPage } from './order-page.tsx';
import { OrdersPage } from './orders-page.tsx';
import { RequestPage } from './request-page.tsx';
import { RequestsPage } from './requests-page.tsx';
import { SlotPage } from './slot-page.tsx';
import { SlotsPage } from './slots-page.tsx';

/** What staff sees and does: items and slots with their stock, orders, lends and requests. */
export function StockPart(place: Place) {
  const { t } = useLanguage();
  const [page = 'items', id] = place.path;
  const tabs = (['items', 'slots', 'orders', 'lends', 'requests'] as const).map((name) => ({
    path: ['stock', name],
    label: t.stock[name].title,
    isHere: page === name,
  }));
  return (
    <>
      <Tabs label={t.frame.parts.stock} tabs={tabs} />
      {page === 'items' && id === undefined ? <ItemsPage {...place} /> : null}
      {page === 'items' && id !== undefined ? <ItemPage key={id} id={id} /> : null}
      {page === 'slots' && id === undefined ? <SlotsPage {...place} /> : null}
      {page === 'slots' && id !== undefined ? <SlotPage key={id} id={id} /> : null}
      {page === 'orders' && id === undefined ? <OrdersPage {...place} /> : null}
      {page === 'orders' && id !== undefined ? <OrderPage key={id} id={id} /> : null}
      {page === 'lends' && id === undefined ? <LendsPage {...place} /> : null}
      {page === 'lends' && id !== undefined ? <LendPage key={id} id={id} /> : null}
      {page === 'requests' && id === undefined ? <RequestsPage {...place} /> : null}
      {page === 'requests' && id !== undefined ? <RequestPage key={id} id={id} /> : null}
    </>
  );
}
