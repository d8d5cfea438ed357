import { useState } from 'preact/hooks';
import type { WebhookAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Facts } from '../parts/facts.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../parts/use-action.ts';
import type { Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { changesOf } from '../stock/changes.ts';
import { Deliveries } from './deliveries.tsx';
import type { WantedEvent } from './event-types.ts';
import { Secret } from './secret.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { WebhookForm, type WebhookFacts } from './webhook-form.tsx';
import { WebhookStatus } from './webhook-status.tsx';

/** A webhook: what it is sent, and what became of it. */
export function WebhookPage({ id, place }: { id: string; place: Place }) {
  const { t } = useLanguage();
  const words = t.operate.webhooks;
  const webhook = useAnswer((signal) => holdfast.webhooks.get(id, { signal }), [id]);
  const [secret, setSecret] = useState<string>();
  return (
    <Page title={webhook.value?.url ?? words.title}>
      {secret === undefined ? null : <Secret of={secret} hide={() => setSecret(undefined)} />}
      <Answered of={webhook} lines={12}>
        {(found) => (
          <>
            <Section
              title={words.status}
              aside={<WebhookActions webhook={found} changed={webhook.reload} told={setSecret} />}
            >
              <WebhookFactsList webhook={found} />
            </Section>
            <Deliveries webhook={found} place={place} />
            <Section title={words.change}>
              <ChangeForm webhook={found} changed={webhook.reload} />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  );
}

function WebhookFactsList({ webhook }: { webhook: WebhookAnswer }) {
  const { t, format } = useLanguage();
  const words = t.operate.webhooks;
  return (
    <Facts
      of={[
        [words.status, <WebhookStatus key="status" of={webhook} />],
        [words.events, webhook.events.includes('*') ? words.allEvents : webhook.events.join(', ')],
        [words.createdAt, format.moment(webhook.createdAt)],
        [words.id, <code key="id">{webhook.id}</code>],
      ]}
    />
  );
}

interface ChangeFormProps {
  readonly webhook: WebhookAnswer;
  readonly changed: () => void;
}

/** When the webhook has become another one, it begins anew. */
function ChangeForm({ webhook: { id, url, description, events }, changed }: ChangeFormProps) {
  const { t } = useLanguage();
  const notices = useNotices();
  const { act } = useAction();
  const before: WebhookFacts = { url, description, events: events as WantedEvent[] };
  const change = async ({ events: wanted, ...facts }: Partial<WebhookFacts>) => {
    await holdfast.webhooks.change(id, { ...facts, ...(wanted === undefined ? {} : { events: [...wanted] }) });
    changed();
  };
  const save = async (facts: WebhookFacts) => {
    const changes = changesOf(before, facts);
    if (changes === undefined) return;
    await change(changes.wanted);
    const undo = { label: t.operate.undo, act: () => void act(() => change(changes.before)) };
    notices.done(t.operate.webhooks.changed, undo);
  };
  return <WebhookForm key={JSON.stringify(before)} webhook={before} action={t.operate.webhooks.change} save={save} />;
}
