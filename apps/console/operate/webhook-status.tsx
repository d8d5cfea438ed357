import type { WebhookAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Badge } from '../parts/badge.tsx';

/** Whether a webhook is enabled, or why not, and whether its receiver answers. */
export function WebhookStatus({ of: { disabledBecause, failingSince } }: { of: WebhookAnswer }) {
  const { t, format } = useLanguage();
  const words = t.operate.webhooks;
  if (disabledBecause !== null) {
    return <Badge tone={disabledBecause === 'staff' ? 'quiet' : 'bad'}>{words.reasons[disabledBecause]}</Badge>;
  }
  return failingSince === null ? (
    <Badge tone="good">{words.statuses.enabled}</Badge>
  ) : (
    <Badge tone="warn">{words.failing(format.moment(failingSince))}</Badge>
  );
}
