import type { RequestAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Badge, type Tone } from '../parts/badge.tsx';

type Status = RequestAnswer['status'];

const tones: Record<Status, Tone> = { 'Not Completed': 'warn', Completed: 'good', Cancelled: 'quiet' };

export function RequestStatus({ of }: { of: Status }) {
  const { t } = useLanguage();
  return <Badge tone={tones[of]}>{t.stock.requests.statuses[of]}</Badge>;
}
