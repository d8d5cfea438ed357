import type { WebhookAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { hrefOf } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';

interface WebhookActionsProps {
  readonly webhook: WebhookAnswer;
  readonly changed: () => void;
  /** Is given a new secret. */
  readonly told: (secret: string) => void;
}

/** Enables, disables and deletes a webhook, and gives it a new secret. */
export function WebhookActions({ webhook: { id, url, status }, changed, told }: WebhookActionsProps) {
  const { t } = useLanguage();
  const words = t.operate.webhooks;
  const confirm = useConfirm();
  const notices = useNotices();
  const { isBusy, act } = useAction();
  const enable = async () => {
    await holdfast.webhooks.change(id, { status: 'enabled' });
    notices.done(words.enabled);
    changed();
  };
  const disable = async () => {
    const question = { title: words.disableTitle, text: words.disableQuestion(url), action: words.disable };
    if (!(await confirm(question))) return;
    await holdfast.webhooks.change(id, { status: 'disabled' });
    notices.done(words.disabled, { label: t.operate.undo, act: () => void act(enable) });
    changed();
  };
  const rotate = async () => {
    const question = { title: words.rotateTitle, text: words.rotateQuestion, action: words.rotate };
    if (!(await confirm({ ...question, isDestructive: true }))) return;
    const { secret } = await holdfast.webhooks.rotateSecret(id, {});
    told(secret);
  };
  const remove = async () => {
    const question = { title: words.deleteTitle, text: words.deleteQuestion(url), action: words.delete };
    if (!(await confirm({ ...question, isDestructive: true }))) return;
    await holdfast.webhooks.delete(id);
    notices.done(words.deleted);
    location.hash = hrefOf(['operate', 'webhooks']);
  };
  const isEnabled = status === 'enabled';
  return (
    <div class="actions">
      <button type="button" disabled={isBusy} onClick={() => void act(isEnabled ? disable : enable)}>
        {isEnabled ? words.disable : words.enable}
      </button>
      <button type="button" disabled={isBusy} onClick={() => void act(rotate)}>
        {words.rotate}
      </button>
      <button type="button" disabled={isBusy} onClick={() => void act(remove)}>
        {words.delete}
      </button>
    </div>
  );
}
