import { normalized } from '#platform';

// What looks the same is the same: one person must not have two accounts, nor another an account that looks like theirs.

export function spelledEmail(email: string): string {
  return normalized('NFC', email);
}

/** Wide letters are letters, too: keyboards for Chinese and Japanese write either. */
export function spelledUserName(userName: string): string {
  return normalized('NFKC', userName);
}

/** Of what somebody logs in with: only addresses have an @. */
export function spelledLogin(login: string): string {
  return login.includes('@') ? spelledEmail(login) : spelledUserName(login);
}
