import { useState } from 'preact/hooks';
import { useLanguage } from '../language/language.tsx';
import { Field } from '../parts/field.tsx';
import { useAction } from '../parts/use-action.ts';
import { EventChoice } from './event-choice.tsx';
import type { WantedEvent } from './event-types.ts';

export interface WebhookFacts {
  readonly url: string;
  readonly description: string;
  readonly events: readonly WantedEvent[];
}

interface WebhookFormProps {
  /** As it is; undefined for one that is to be created. */
  readonly webhook?: WebhookFacts;
  readonly action: string;
  readonly save: (webhook: WebhookFacts) => Promise<void>;
}

const none: WebhookFacts = { url: '', description: '', events: ['*'] };

/** Creates a webhook, or changes it. */
export function WebhookForm({ webhook = none, action, save }: WebhookFormProps) {
  const { t } = useLanguage();
  const { isBusy, submit } = useAction();
  const [url, setUrl] = useState(webhook.url);
  const [description, setDescription] = useState(webhook.description);
  const [events, setEvents] = useState(webhook.events);
  return (
    <form
      onSubmit={submit(() =>
        save({ url, description, events: isSame(events, webhook.events) ? webhook.events : events }),
      )}
    >
      <Field
        label={t.operate.webhooks.url}
        hint={t.operate.webhooks.urlHint}
        type="url"
        value={url}
        onValue={setUrl}
        required
      />
      <Field label={t.operate.webhooks.description} value={description} onValue={setDescription} />
      <EventChoice chosen={events} choose={setEvents} />
      <div class="actions">
        <button type="submit" disabled={isBusy || events.length === 0}>
          {action}
        </button>
      </div>
    </form>
  );
}

/** Their order says nothing. */
function isSame(some: readonly WantedEvent[], others: readonly WantedEvent[]): boolean {
  return some.length === others.length && some.every((event) => others.includes(event));
}
