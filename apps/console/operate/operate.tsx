import { useLanguage } from '../language/language.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { Place } from '../place.ts';
import { ProjectionsPage } from './projections-page.tsx';
import { ServicesPage } from './services-page.tsx';
import { WebhookPage } from './webhook-page.tsx';
import { WebhooksPage } from './webhooks-page.tsx';

/** What staff sees of the running system, and does about it. */
export function OperatePart(place: Place) {
  const { t } = useLanguage();
  const [page = 'projections', id] = place.path;
  const tabs = (['projections', 'webhooks', 'services'] as const).map((name) => ({
    path: ['operate', name],
    label: t.operate[name].title,
    isHere: page === name,
  }));
  return (
    <>
      <Tabs label={t.frame.parts.operate} tabs={tabs} />
      {page === 'projections' ? <ProjectionsPage /> : null}
      {page === 'webhooks' && id === undefined ? <WebhooksPage /> : null}
      {page === 'webhooks' && id !== undefined ? <WebhookPage key={id} id={id} place={place} /> : null}
      {page === 'services' ? <ServicesPage /> : null}
    </>
  );
}
