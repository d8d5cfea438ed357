import { useState } from 'preact/hooks';
import { useLanguage } from '../language/language.tsx';
import { useRows } from '../live/use-rows.ts';
import { useNotices } from '../parts/notices.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Listed } from '../parts/table.tsx';
import { hrefOf } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { Secret } from './secret.tsx';
import { WebhookForm, type WebhookFacts } from './webhook-form.tsx';
import { WebhookStatus } from './webhook-status.tsx';

/** The API has no more of them. */
const webhooksMax = 100;

/** The endpoints that events are sent to. */
export function WebhooksPage() {
  const { t, format } = useLanguage();
  const words = t.operate.webhooks;
  const notices = useNotices();
  const webhooks = useRows((signal) => holdfast.webhooks.list({ signal }), [], webhooksMax);
  const [secret, setSecret] = useState<string>();
  const [round, setRound] = useState(0);
  const create = async ({ events, ...facts }: WebhookFacts) => {
    const created = await holdfast.webhooks.create({ ...facts, events: [...events] });
    setSecret(created.secret);
    setRound(round + 1);
    notices.done(words.created);
    webhooks.reload();
  };
  return (
    <Page title={words.title}>
      {secret === undefined ? null : <Secret of={secret} hide={() => setSecret(undefined)} />}
      <Section title={words.list}>
        <Listed
          caption={words.list}
          of={webhooks}
          empty={words.none}
          keyOf={({ id }) => id}
          columns={[
            { head: words.url, cell: ({ id, url }) => <a href={hrefOf(['operate', 'webhooks', id])}>{url}</a> },
            { head: words.description, cell: ({ description }) => (description === '' ? '–' : description) },
            {
              head: words.events,
              cell: ({ events }) =>
                events.includes('*') ? (
                  words.all
                ) : (
                  <span title={events.join(', ')}>
                    {events.length === 1 ? events[0] : words.countOfEvents(format.number(events.length))}
                  </span>
                ),
            },
            { head: words.status, cell: (webhook) => <WebhookStatus of={webhook} /> },
            {
              head: words.createdAt,
              cell: ({ createdAt }) => <span class="moment">{format.moment(createdAt)}</span>,
            },
          ]}
        />
      </Section>
      <Section title={words.create}>
        <WebhookForm key={round} action={words.create} save={create} />
      </Section>
    </Page>
  );
}
