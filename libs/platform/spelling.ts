/** Longer than any e-mail address or name that somebody logs in with, also before it is composed. */
const normalizedUnitsMax = 1024;

/**
 * In one form of Unicode. Longer text stays as it is: to bring combining marks into order costs the square of how many
 * there are. This is the only place that normalises.
 */
export function normalized(form: 'NFC' | 'NFKC', text: string): string {
  return text.length > normalizedUnitsMax ? text : text.normalize(form);
}

// Fields of bodies are understood in two spellings. Which names are the same is decided here alone.

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
