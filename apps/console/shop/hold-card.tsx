import type { HoldAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useNow } from '../live/use-now.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Countdown } from '../parts/countdown.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

const tones: Record<HoldAnswer['status'], Tone> = {
  open: 'warn',
  confirmed: 'good',
  cancelled: 'quiet',
  expired: 'bad',
};

const extendedBySeconds = 60;

interface HoldCardProps {
  readonly hold: HoldAnswer;
  readonly changed: (hold: HoldAnswer) => void;
}

/** A hold with the time it has left, and what can be done with it until then. */
export function HoldCard({ hold, changed }: HoldCardProps) {
  const { t, format } = useLanguage();
  const confirm = useConfirm();
  const notices = useNotices();
  const { isBusy, act } = useAction();
  const isOver = Date.parse(hold.expiresAt) <= useNow(250);
  const status = hold.status === 'open' && isOver ? 'expired' : hold.status;
  const buy = async () => {
    changed(await holdfast.holds.confirm(hold.id));
    notices.done(t.shop.hold.confirmed);
  };
  const extend = async () => {
    const secondsLeft = Math.max(0, (Date.parse(hold.expiresAt) - Date.now()) / 1000);
    changed(await holdfast.holds.extend(hold.id, { ttlSeconds: Math.ceil(secondsLeft) + extendedBySeconds }));
  };
  const cancel = async () => {
    const question = { title: t.shop.hold.cancelTitle, text: t.shop.hold.cancelText, action: t.shop.hold.cancel };
    if (!(await confirm({ ...question, isDestructive: true }))) return;
    changed(await holdfast.holds.cancel(hold.id));
    notices.done(t.shop.hold.cancelled);
  };
  return (
    <article class="hold" aria-label={t.shop.hold.title} data-status={status}>
      <p>
        <Badge tone={tones[status]}>{t.shop.hold.status[status]}</Badge>{' '}
        {t.shop.hold.units(format.number(hold.quantity))}
        {hold.item_id === undefined ? null : ` · ${hold.item_id}`}
        {hold.slot_id === undefined ? null : ` · ${t.shop.hold.slot(format.number(hold.slot_id))}`}
      </p>
      {status === 'open' ? (
        <>
          <p class="great">
            <Countdown until={hold.expiresAt} ended={t.shop.hold.status.expired} />
          </p>
          <div class="actions">
            <button type="button" class="primary" disabled={isBusy} onClick={() => void act(buy)}>
              {t.shop.hold.confirm}
            </button>
            <button type="button" disabled={isBusy} onClick={() => void act(extend)}>
              {t.shop.hold.extend}
            </button>
            <button type="button" disabled={isBusy} onClick={() => void act(cancel)}>
              {t.shop.hold.cancel}
            </button>
          </div>
        </>
      ) : null}
    </article>
  );
}
