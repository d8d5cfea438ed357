import type { DeliveryAnswer, WebhookAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

interface ReplayButtonProps {
  readonly webhookId: string;
  readonly delivery: DeliveryAnswer;
  readonly changed: () => void;
}

/** Sends one event again. Receivers know it by its id, so nothing is asked first. */
export function ReplayButton({ webhookId, delivery: { id, type, subject }, changed }: ReplayButtonProps) {
  const { t } = useLanguage();
  const words = t.operate.deliveries;
  const notices = useNotices();
  const { isBusy, act } = useAction();
  const replay = async () => {
    await holdfast.webhooks.replay(webhookId, id);
    notices.done(words.replayed(type));
    changed();
  };
  return (
    <div class="side-by-side">
      <button type="button" disabled={isBusy} onClick={() => void act(replay)}>
        {words.replay}
        <span class="unseen">
          {' '}
          {type} {subject}
        </span>
      </button>
    </div>
  );
}

interface ReplayFailedButtonProps {
  readonly webhook: WebhookAnswer;
  readonly changed: () => void;
}

/** Sends everything again that could not be delivered. */
export function ReplayFailedButton({ webhook: { id, url }, changed }: ReplayFailedButtonProps) {
  const { t, format } = useLanguage();
  const words = t.operate.deliveries;
  const confirm = useConfirm();
  const notices = useNotices();
  const { isBusy, act } = useAction();
  const replay = async () => {
    const question = { title: words.replayFailedTitle, text: words.replayFailedQuestion(url) };
    if (!(await confirm({ ...question, action: words.replayFailed }))) return;
    const { replayed, hasMore } = await holdfast.webhooks.replayFailed(id);
    const count = format.number(replayed);
    notices.done(hasMore ? words.moreFailed(count) : words.failedReplayed(count));
    changed();
  };
  return (
    <button type="button" disabled={isBusy} onClick={() => void act(replay)}>
      {words.replayFailed}
    </button>
  );
}
