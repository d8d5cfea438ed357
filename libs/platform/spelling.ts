/** Longer than any e-mail address or user name, also before composition. */
export const normalizedUnitsMax = 1024;

/**
 * Normalises Unicode. Longer text is left unchanged, because ordering combining marks is quadratic in their number.
 * This is the only place that normalises.
 */
export function normalized(form: 'NFC' | 'NFD' | 'NFKC', text: string): string {
  return text.length > normalizedUnitsMax ? text : text.normalize(form);
}

export type TextFault = 'malformed' | 'short' | 'long' | 'blank';

/** Why a store may not accept the text, or its length in characters is not allowed; it is blank if it is only spaces. */
export function textFault(text: string, min: number, max: number): TextFault | undefined {
  if (!text.isWellFormed() || text.includes('\0')) return 'malformed';
  // A character is at most two UTF-16 units: longer text is not examined.
  const characters = text.length > max * 2 ? Infinity : Array.from(text).length;
  if (characters > max) return 'long';
  if (characters < min) return 'short';
  return min > 0 && text.trim() === '' ? 'blank' : undefined;
}

/** Whether the text has invisible characters: with them, different addresses or names can look the same. */
export function hasUnseen(text: string): boolean {
  return /\p{Default_Ignorable_Code_Point}/u.test(text);
}

// Fields of bodies are accepted in two spellings. Only this function decides which names are equal.

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
