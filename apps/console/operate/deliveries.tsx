import { useEffect } from 'preact/hooks';
import type { DeliveryAnswer, WebhookAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useRows } from '../live/use-rows.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { Choice } from '../parts/field.tsx';
import { Id } from '../parts/id.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { goOn, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { DeliveryAttempts } from './delivery-attempts.tsx';
import { ReplayButton, ReplayFailedButton } from './replay.tsx';

type Status = DeliveryAnswer['status'];

const statuses: readonly Status[] = ['pending', 'delivered', 'failed'];
const tones: Record<Status, Tone> = { pending: 'warn', delivered: 'good', failed: 'bad' };
const portion = 20;
const pendingReadAgainMs = 3_000;

/** What was sent to a webhook, newest first; what is pending is read again until it has ended. */
export function Deliveries({ webhook, place }: { webhook: WebhookAnswer; place: Place }) {
  const { t, format } = useLanguage();
  const words = t.operate.deliveries;
  const status = statuses.find((each) => each === place.query.get('status'));
  const deliveries = useRows(
    (signal) =>
      holdfast.webhooks.deliveries(
        webhook.id,
        { limit: portion, ...(status === undefined ? {} : { status }) },
        { signal },
      ),
    [webhook.id, status],
    portion,
  );
  const { value, isLoading, reload } = deliveries;
  const hasPending = value?.some((delivery) => delivery.status === 'pending') === true;
  useEffect(() => {
    if (!hasPending || isLoading) return undefined;
    const timer = setTimeout(reload, pendingReadAgainMs);
    return () => clearTimeout(timer);
  }, [hasPending, isLoading, reload]);
  return (
    <Section title={words.title} aside={<ReplayFailedButton webhook={webhook} changed={reload} />}>
      <div class="row">
        <Choice
          label={words.filter}
          value={status ?? ''}
          options={[['', words.anyStatus], ...statuses.map((each) => [each, words.statuses[each]] as const)]}
          onValue={(next) => goOn(place, { status: next })}
        />
        <button type="button" onClick={reload}>
          {words.reload}
        </button>
      </div>
      <Listed
        caption={words.title}
        of={deliveries}
        empty={words.none}
        keyOf={({ id }) => id}
        columns={[
          { head: words.at, cell: ({ createdAt }) => <span class="moment">{format.moment(createdAt)}</span> },
          { head: words.type, cell: ({ type }) => type },
          { head: words.subject, cell: ({ subject }) => <Id of={subject} /> },
          {
            head: words.filter,
            cell: (delivery) => <Badge tone={tones[delivery.status]}>{words.statuses[delivery.status]}</Badge>,
          },
          { head: words.attempts, cell: ({ attempts }) => <DeliveryAttempts of={attempts} /> },
          {
            head: words.action,
            cell: (delivery) => <ReplayButton webhookId={webhook.id} delivery={delivery} changed={reload} />,
          },
        ]}
      />
    </Section>
  );
}
