import type { LendAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useNow } from '../live/use-now.ts';
import { Badge } from '../parts/badge.tsx';

const everyMs = 10_000;

/** Whether the units of a lend are back, and how long it is overdue. */
export function LendState({ lend: { returned_at, due_at } }: { lend: LendAnswer }) {
  const { t, format } = useLanguage();
  const now = useNow(everyMs);
  if (returned_at !== null) return <Badge>{t.stock.lends.returned}</Badge>;
  const overdueMs = due_at === null ? 0 : now - Date.parse(due_at);
  if (overdueMs > 0) return <Badge tone="bad">{t.stock.lends.overdueFor(format.duration(overdueMs / 1000))}</Badge>;
  return <Badge tone="good">{t.stock.lends.out}</Badge>;
}
