export function itemStream(itemId: string): string {
  return `catalog-${itemId}`;
}
