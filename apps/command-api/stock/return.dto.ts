import { unitsMax } from '#domain';
import { Integer, Text } from '#http';
import type { WantedReturn } from './give-backs.ts';

const reasonMax = 200;
export const reasonOfReturn = {
  optional: true,
  max: reasonMax,
  description: 'Why. It is stored permanently; do not include personal data',
  example: 'too big',
} as const;

export class ReturnDto {
  @Integer({
    optional: true,
    min: 1,
    max: unitsMax,
    description: 'Units to give back; by default all that were not given back yet',
  })
  quantity?: number;

  @Text(reasonOfReturn)
  reason?: string;
}

export function wantedReturnOf({ quantity, reason }: ReturnDto): WantedReturn {
  return { ...(quantity === undefined ? {} : { quantity }), reason: reason ?? null };
}
