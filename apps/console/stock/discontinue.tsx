import type { ProductAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

interface DiscontinueProps {
  readonly product: ProductAnswer;
  readonly changed: () => void;
}

/** Takes an item out of the catalog, and puts it back. */
export function Discontinue({ product: { id, name, discontinued }, changed }: DiscontinueProps) {
  const { t } = useLanguage();
  const notices = useNotices();
  const confirm = useConfirm();
  const { isBusy, act } = useAction();
  const restore = async () => {
    await holdfast.products.restore(id);
    notices.done(t.stock.discontinue.restored(name));
    changed();
  };
  const discontinue = async () => {
    const question = { title: t.stock.discontinue.title(name), text: t.stock.discontinue.question };
    if (!(await confirm({ ...question, action: t.stock.discontinue.action, isDestructive: true }))) return;
    await holdfast.products.discontinue(id);
    notices.done(t.stock.discontinue.done(name), {
      label: t.stock.discontinue.restore,
      act: () => void act(restore),
    });
    changed();
  };
  return discontinued ? (
    <button type="button" disabled={isBusy} onClick={() => void act(restore)}>
      {t.stock.discontinue.restore}
    </button>
  ) : (
    <button type="button" disabled={isBusy} onClick={() => void act(discontinue)}>
      {t.stock.discontinue.action}
    </button>
  );
}
