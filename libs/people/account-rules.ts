import { hasUnseen, textFault, type TextFault } from '#platform';

// What an e-mail address and a new password are, for requests and for the CLI.

export const emailLengthMax = 254;
export const passwordLengthMin = 8;
export const passwordLengthMax = 1024;

/** Why the text, in the form in which it is stored, is no e-mail address; undefined if it is one. */
export function emailFault(text: string): TextFault | 'shape' | undefined {
  const fault = textFault(text, 1, emailLengthMax);
  if (fault !== undefined) return fault;
  return /^[^\s@]+@[^\s@]+$/.test(text) && !hasUnseen(text) ? undefined : 'shape';
}

/** Why the text cannot be a new password; undefined if it can. Whether it is too common, PasswordPolicy decides. */
export function passwordFault(text: string): TextFault | undefined {
  return textFault(text, passwordLengthMin, passwordLengthMax);
}
