import { normalized } from '#platform';

// Names that look the same are equal, so that nobody can register a lookalike of another account.

export function spelledEmail(email: string): string {
  return normalized('NFC', email);
}

/** Full-width letters equal normal ones: Chinese and Japanese keyboards produce both. */
export function spelledUserName(userName: string): string {
  return normalized('NFKC', userName);
}

/** Normalises a login name; only e-mail addresses contain an @. */
export function spelledLogin(login: string): string {
  return login.includes('@') ? spelledEmail(login) : spelledUserName(login);
}
