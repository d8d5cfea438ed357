import { pictureOf } from './demo-pictures.ts';
import type { DemoProduct } from './demo-products.ts';

/** A product that is not sold like the others. */
export interface DemoOffer extends DemoProduct {
  readonly purchaseLimit?: number;
  readonly saleStartsAt?: string;
}

const dayMs = 86_400_000;

export const flashSaleCategory = {
  id: 'cat_flash',
  name: '限時搶購 Flash sale',
  slug: 'flash-sale',
  description: '數量有限，售完為止 While stocks last',
  icon: 'flash-icon',
} as const;

/** What is bought until nothing is left. */
export const soldOutId = 'demo-sold-out';
/** What is lent. */
export const lentId = 'demo-cordless-drill';

/** The newest is last: the shop shows it first. */
export function demoOffers(now: number): readonly DemoOffer[] {
  const openingAt = now - (now % dayMs) + 3 * dayMs;
  return [
    offer(lentId, '無線電鑽 Cordless Drill', '🛠️', { price: 3290, about: '可借用一週 Can be borrowed for a week' }),
    offer(soldOutId, '手工陶瓷馬克杯 Handmade Mug', '🫖', {
      price: 690,
      stock: 3,
      about: '只做了三個 Only three were made',
      tags: ['限量', 'limited'],
    }),
    {
      ...offer('demo-opening-soon', '春季限定外套 Spring Edition Jacket', '🧥', {
        price: 2690,
        stock: 50,
        about: '三天後開賣 On sale in three days',
        tags: ['即將開賣', 'coming soon'],
      }),
      saleStartsAt: new Date(openingAt).toISOString(),
    },
    {
      ...offer('demo-two-each', '典藏版桌遊 Collector’s Board Game', '🎲', {
        price: 1490,
        stock: 40,
        about: '每人限購兩件 At most two each',
        tags: ['限購', 'limited'],
      }),
      purchaseLimit: 2,
    },
    {
      ...offer('demo-flash-sale', 'Flash Sale 限時搶購：掌上遊戲機 Handheld Console', '🎮', {
        price: 1990,
        stock: 100,
        about: '限量一百台 One hundred, while stocks last',
        tags: ['限時搶購', 'flash sale'],
      }),
      originalPrice: 5990,
      featured: true,
    },
  ];
}

interface Facts {
  readonly price: number;
  readonly stock?: number;
  readonly about: string;
  readonly tags?: readonly string[];
}

function offer(id: string, name: string, icon: string, { price, stock = 0, about, tags = [] }: Facts): DemoOffer {
  const picture = pictureOf({ icon, colour: '#b71c1c' });
  const texts = { name, description: `${name}：${about}`, shortDescription: about };
  const facts = { price, originalPrice: null, specifications: {}, featured: false, stock, tags };
  const pictures = { images: [picture], thumbnail: picture };
  return { id, ...texts, ...facts, ...pictures, categoryId: flashSaleCategory.id, sku: id.toUpperCase() };
}
