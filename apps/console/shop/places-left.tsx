import { Badge } from '../parts/badge.tsx';

interface PlacesLeftProps {
  readonly count: number;
  readonly left: string;
  readonly none: string;
}

const fewAt = 5;

/** How much there is left, in words. */
export function PlacesLeft({ count, left, none }: PlacesLeftProps) {
  if (count <= 0) return <Badge tone="bad">{none}</Badge>;
  return <Badge tone={count <= fewAt ? 'warn' : 'good'}>{left}</Badge>;
}
