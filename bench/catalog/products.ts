import type { NewItem } from '#domain';

const consonants = 'bcdfghklmnprstvz';
const vowels = 'aeiou';
const firstHan = 0x4e00;
/** Common characters only: pairs of them occur in many products. */
const hanCount = 2000;

const kinds = ['耳機', '手機殼', '充電線', '行動電源', '喇叭', '鍵盤', '滑鼠', '螢幕', '背包', '水壺', '帳篷', '檯燈'];
const qualities = ['無線', '藍牙', '降噪', '防水', '輕巧', '高音質', '快充', '折疊', '超薄', '兒童', '專業', '戶外'];
const sentences = [
  '採用最新晶片，連線穩定不中斷',
  '續航力長達二十小時',
  '附贈收納袋與保固卡',
  '適合通勤與旅行使用',
  '通過國家安全認證',
  '人體工學設計，久戴不累',
  '支援快速充電，十分鐘可用三小時',
  'ヘッドホンとしても使えます',
];

export const categoriesCount = 100;
export const seriesCount = 2500;
const modelsCount = 2500;

/** The same on every run: what a product consists of depends on its number alone. */
export function productOf(number: number): NewItem {
  const roll = rolls(number);
  const pick = <T>(choices: readonly T[]): T => choices[roll() % choices.length] as T;
  const name = `${seriesName(roll() % seriesCount)} ${pick(qualities)}${pick(kinds)} ${modelName(roll() % modelsCount)}`;
  return {
    itemId: productId(number),
    number,
    name,
    price: 100 + (roll() % 5000),
    categoryId: categoryId(roll() % categoriesCount),
    sku: `SKU-${String(number).padStart(7, '0')}`,
    description: `${pick(sentences)}。${pick(sentences)}。${pick(sentences)}，${pick(kinds)}配件。`,
    shortDescription: pick(sentences),
    images: [`https://example.com/${number}.jpg`],
    thumbnail: `https://example.com/${number}-small.jpg`,
    tags: [pick(qualities), pick(kinds)],
    specifications: { 重量: `${roll() % 1000}g`, 保固: '一年' },
    featured: roll() % 100 === 0,
  };
}

export function productId(number: number): string {
  return `prod_${number}`;
}

export function categoryId(index: number): string {
  return `cat_${index}`;
}

/** Two characters, which occur side by side nearly only here. */
export function seriesName(index: number): string {
  const first = firstHan + ((index * 37) % hanCount);
  return String.fromCodePoint(first, firstHan + hanCount + ((index * 101) % hanCount));
}

/** A word of seven letters. */
export function modelName(index: number): string {
  const roll = rolls(index + 1_000_003);
  const letter = (letters: string): string => letters.charAt(roll() % letters.length);
  return Array.from({ length: 7 }, (_, at) => letter(at % 2 === 0 ? consonants : vowels)).join('');
}

/** Numbers that follow from a seed (xorshift). */
function rolls(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
