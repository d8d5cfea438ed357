import { normalized, type Config } from '#platform';

/** What somebody is called, in whatever way. */
export interface Names {
  readonly email?: string | null | undefined;
  readonly userName?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Shorter ones are refused for their length. */
const lengthMin = 8;
const differentCharactersMin = 3;

let commonest: Promise<ReadonlySet<string>> | undefined;

/** Whether a password may be chosen. Nobody is asked this at login: those that were chosen before stay good. */
export class PasswordPolicy {
  readonly #refusesCommon: boolean;

  constructor({ commonPasswords }: Pick<Config, 'commonPasswords'>) {
    this.#refusesCommon = commonPasswords === 'refuse';
  }

  /** Reads the list, which takes some 50 ms and 5 MB, where nobody waits for it. */
  async prepare(): Promise<void> {
    if (this.#refusesCommon) await commonestPasswords();
  }

  /** Of the commonest, without variety, or what the user is called: what a guesser tries first. */
  async refuses(password: string, names: Names): Promise<boolean> {
    if (!this.#refusesCommon) return false;
    const folded = fold(password);
    if (new Set(folded).size < differentCharactersMin || wordsOf(names).includes(folded)) return true;
    return (await commonestPasswords()).has(folded);
  }
}

function wordsOf({ email, userName, name }: Names): string[] {
  const words = [email, email?.split('@')[0], userName, name];
  return words.filter((word) => word !== undefined && word !== null).map(fold);
}

/** Wide letters are letters, too, and capitals make a common password no rarer. */
function fold(text: string): string {
  return normalized('NFKC', text).toLowerCase();
}

function commonestPasswords(): Promise<ReadonlySet<string>> {
  commonest ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].filter(({ length }) => length >= lengthMin)),
  );
  return commonest;
}
