import type { JWTPayload } from 'jose';
import { normalized, textFault, type IssuerSettings } from '#platform';
import { emailFault } from '../account-rules.ts';
import type { Role } from '../user.ts';
import type { OutsideIdentity } from './outside-user.ts';

export interface ReadClaims {
  readonly role: Role;
  readonly identity: OutsideIdentity;
}

const subjectLengthMax = 255;
const nameLengthMax = 100;
/** Lists of values in one text, as OAuth specifies; any other text is one value. */
const spaceSeparated = ['scope', 'scp'];
/** With the first, whoever sends the token must prove more than that they have it; with the other, it is an event. */
const notOfBearers = ['cnf', 'events'];

/** What verified claims say of the caller; undefined if they do not name one. */
export function readClaims(claims: JWTPayload, settings: IssuerSettings): ReadClaims | undefined {
  if (notOfBearers.some((name) => Object.hasOwn(claims, name))) return undefined;
  const { issuer, customerClaim } = settings;
  const subject = claimOf(claims, [customerClaim]);
  if (typeof subject !== 'string' || textFault(subject, 1, subjectLengthMax) !== undefined) return undefined;
  const identity = { issuer, subject, name: nameOf(claims), email: emailOf(claims) };
  return { role: isStaff(claims, settings) ? 'staff' : 'customer', identity };
}

function isStaff(claims: JWTPayload, { roles }: IssuerSettings): boolean {
  if (roles === undefined) return false;
  const value = claimOf(claims, roles.claim);
  const isList = typeof value === 'string' && spaceSeparated.includes(roles.claim.at(-1) ?? '');
  const values: unknown[] = Array.isArray(value) ? value : isList ? value.split(' ') : [value];
  return values.some((each) => typeof each === 'string' && roles.staff.includes(each));
}

function claimOf(claims: unknown, path: readonly string[]): unknown {
  let value = claims;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function nameOf({ name }: JWTPayload): string {
  const text = typeof name === 'string' ? normalized('NFC', name).trim() : '';
  return textFault(text, 1, nameLengthMax) === undefined ? text : '';
}

/** Only shown: it is nobody's login, and proves nothing. */
function emailOf({ email, email_verified: verified }: JWTPayload): string | null {
  if (typeof email !== 'string' || verified === false) return null;
  const text = normalized('NFC', email);
  return emailFault(text) === undefined ? text : null;
}
