import { useLanguage } from '../language/language.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { Place } from '../place.ts';
import { ItemPage } from './item-page.tsx';
import { MinePage } from './mine-page.tsx';
import { ProductsPage } from './products-page.tsx';
import { SlotsPage } from './slots-page.tsx';

/** A small shop and booking page, to try what customers see. */
export function ShopPart(place: Place) {
  const { t } = useLanguage();
  const [page = 'products', id] = place.path;
  const tabs = (['products', 'slots', 'mine'] as const).map((name) => ({
    path: ['shop', name],
    label: t.shop[name].title,
    isHere: page === name,
  }));
  return (
    <>
      <Tabs label={t.frame.parts.shop} tabs={tabs} />
      {page === 'products' && id === undefined ? <ProductsPage {...place} /> : null}
      {page === 'products' && id !== undefined ? <ItemPage key={id} id={id} /> : null}
      {page === 'slots' ? <SlotsPage {...place} /> : null}
      {page === 'mine' ? <MinePage /> : null}
    </>
  );
}
