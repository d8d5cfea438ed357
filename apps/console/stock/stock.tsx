import { useLanguage } from '../language/language.tsx';
import { Page } from '../parts/page.tsx';
import type { Place } from '../place.ts';

export function StockPart(_place: Place) {
  const { t } = useLanguage();
  return <Page title={t.stock.title}>{null}</Page>;
}
