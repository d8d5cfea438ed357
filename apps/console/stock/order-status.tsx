import type { OrderAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Badge, type Tone } from '../parts/badge.tsx';

type Status = OrderAnswer['status'];

const tones: Record<Status, Tone> = {
  submitted: 'quiet',
  pending: 'warn',
  processing: 'warn',
  shipped: 'good',
  completed: 'good',
  cancelled: 'quiet',
  rejected: 'bad',
};

export function OrderStatus({ of }: { of: Status }) {
  const { t } = useLanguage();
  return <Badge tone={tones[of]}>{t.frame.orderStatus[of]}</Badge>;
}
