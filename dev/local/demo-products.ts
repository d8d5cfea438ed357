import { demoKinds, type DemoKind, type Language } from './demo-kinds.ts';
import { pictureOf } from './demo-pictures.ts';

export interface DemoProduct {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly originalPrice: number | null;
  readonly description: string;
  readonly shortDescription: string;
  readonly images: readonly string[];
  readonly thumbnail: string;
  readonly categoryId: string;
  readonly sku: string;
  readonly tags: readonly string[];
  readonly specifications: Readonly<Record<string, string>>;
  readonly featured: boolean;
  readonly stock: number;
}

interface Variant {
  readonly language: Language;
  readonly name: string;
  readonly colour: string;
}

const variants: readonly Variant[] = [
  { language: 'zh', name: '經典黑', colour: '#263238' },
  { language: 'ja', name: 'ホワイト', colour: '#b0bec5' },
  { language: 'en', name: 'Ocean Blue', colour: '#1565c0' },
  { language: 'zh', name: '森林綠', colour: '#2e7d32' },
  { language: 'ja', name: 'さくら', colour: '#d81b60' },
  { language: 'en', name: 'Sunset Orange', colour: '#e65100' },
];

const words = {
  zh: { new: '新品', sale: '特價', variant: '款式', for: '輕鬆融入每一天的生活。' },
  ja: { new: '新着', sale: 'セール', variant: 'カラー', for: '毎日の暮らしになじみます。' },
  en: { new: 'new', sale: 'sale', variant: 'Variant', for: 'Made for every day.' },
} as const;

/** The products of the requirements' examples, and every kind in every variant. */
export function demoProducts(): readonly DemoProduct[] {
  return [
    ...examples,
    ...demoKinds.flatMap((kind, place) => variants.map((variant, index) => demoProduct(kind, place, variant, index))),
  ];
}

const earphones = { icon: '🎧', colour: '#263238' };
const shirt = { icon: '👕', colour: '#90a4ae' };

const examples: readonly DemoProduct[] = [
  {
    id: 'prod_001',
    name: '無線藍牙耳機',
    price: 1299,
    originalPrice: 1599,
    description: '高音質無線藍牙耳機，支援主動降噪功能，隨時沉浸在音樂裡。',
    shortDescription: '輕巧便攜',
    images: [pictureOf(earphones), pictureOf({ ...earphones, colour: '#1565c0' })],
    thumbnail: pictureOf(earphones),
    categoryId: 'cat_elec',
    sku: 'HP-001',
    tags: ['熱銷', '新品'],
    specifications: { 藍牙版本: '5.0', 續航力: '20小時', 重量: '250g' },
    featured: true,
    stock: 100,
  },
  {
    id: 'prod_003',
    name: '經典白T恤',
    price: 399,
    originalPrice: null,
    description: '純棉經典白T恤，透氣舒適，四季百搭。',
    shortDescription: '純棉百搭',
    images: [pictureOf(shirt)],
    thumbnail: pictureOf(shirt),
    categoryId: 'cat_cloth',
    sku: 'TS-003',
    tags: ['熱銷'],
    specifications: { 材質: '100% 棉', 尺寸: 'S–XL' },
    featured: false,
    stock: 200,
  },
];

function demoProduct(kind: DemoKind, place: number, variant: Variant, index: number): DemoProduct {
  const { language, colour } = variant;
  const said = words[language];
  const number = place * variants.length + index;
  const isReduced = number % 5 === 0;
  const picture = pictureOf({ icon: kind.icon, colour });
  return {
    id: `demo-${kind.sku.toLowerCase()}-${index + 1}`,
    name: `${kind.name[language]} ${variant.name}`,
    price: kind.price + index * 10,
    originalPrice: isReduced ? Math.round((kind.price + index * 10) * 1.25) : null,
    description: `${kind.name[language]}：${kind.about[language]} ${said.for}`,
    shortDescription: kind.about[language],
    images: [picture, pictureOf({ icon: kind.icon, colour: '#fafafa' })],
    thumbnail: picture,
    categoryId: kind.categoryId,
    sku: `${kind.sku}-${index + 1}`,
    tags: [...(number % 4 === 0 ? [said.new] : []), ...(isReduced ? [said.sale] : [])],
    specifications: { [said.variant]: variant.name, ...kind.specifications },
    featured: number % 12 === 0,
    // Some are sold out.
    stock: number % 17 === 0 ? 0 : 1 + ((number * 13) % 100),
  };
}
