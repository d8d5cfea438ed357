import { hash } from 'node:crypto';
import { idPrefixes } from '#ids';

/** Somebody as their issuer knows them. */
export interface OutsideIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Empty if the issuer does not tell. */
  readonly name: string;
  readonly email: string | null;
}

const idDigits = 32;

/** Follows from issuer and subject, so that every process knows it without asking. Longer than the id of any other user. */
export function outsideUserId({ issuer, subject }: Pick<OutsideIdentity, 'issuer' | 'subject'>): string {
  return `${idPrefixes.user}${hash('sha256', JSON.stringify([issuer, subject]), 'hex').slice(0, idDigits)}`;
}

/** What stands for a session: all tokens of the user end together, when the user is disabled or erased. */
export function outsideSession(userId: string): string {
  return hash('sha256', `outside issuer\n${userId}`, 'hex');
}
