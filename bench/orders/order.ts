import { oneOf } from '../http/clients.ts';
import { linesEach } from './stocks.ts';

export const delivery = {
  shippingInfo: {
    recipientName: 'Wang Xiaoming',
    recipientPhone: '0912345678',
    city: 'Taipei',
    district: 'Xinyi',
    address: 'Shifu Road 1',
    postalCode: '110',
  },
  paymentMethod: 'cod',
} as const;

/** One unit each of different items. */
export function linesOf(names: readonly string[]): { readonly id: string; readonly quantity: number }[] {
  const chosen = new Set<string>();
  while (chosen.size < linesEach) chosen.add(oneOf(names));
  return Array.from(chosen, (id) => ({ id, quantity: 1 }));
}
