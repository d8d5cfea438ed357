/** Longer than any e-mail address or user name, also before composition. */
const normalizedUnitsMax = 1024;

/**
 * Normalises Unicode. Longer text is left unchanged, because ordering combining marks is quadratic in their number.
 * This is the only place that normalises.
 */
export function normalized(form: 'NFC' | 'NFKC', text: string): string {
  return text.length > normalizedUnitsMax ? text : text.normalize(form);
}

// Fields of bodies are accepted in two spellings. Only this function decides which names are equal.

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
