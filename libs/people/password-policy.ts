import { normalized, type Config } from '#platform';

/** The names and addresses of a user. */
export interface Names {
  readonly email?: string | null | undefined;
  readonly userName?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Shorter ones are rejected for their length. */
const lengthMin = 8;
const differentCharactersMin = 3;

let commonest: Promise<ReadonlySet<string>> | undefined;

/** Whether a new password is acceptable. Not applied at login, so that existing passwords remain valid. */
export class PasswordPolicy {
  readonly #rejectsCommon: boolean;

  constructor({ commonPasswords }: Pick<Config, 'commonPasswords'>) {
    this.#rejectsCommon = commonPasswords === 'refuse';
  }

  /** Loads the list in advance, which takes about 50 ms and 5 MB. */
  async prepare(): Promise<void> {
    if (this.#rejectsCommon) await commonestPasswords();
  }

  /** A common password, one without variety, or a name of the user: what an attacker tries first. */
  async rejects(password: string, names: Names): Promise<boolean> {
    if (!this.#rejectsCommon) return false;
    const folded = fold(password);
    if (new Set(folded).size < differentCharactersMin || wordsOf(names).includes(folded)) return true;
    return (await commonestPasswords()).has(folded);
  }
}

function wordsOf({ email, userName, name }: Names): string[] {
  const words = [email, email?.split('@')[0], userName, name];
  return words.filter((word) => word !== undefined && word !== null).map(fold);
}

/** Full-width letters and capitals do not make a common password less common. */
function fold(text: string): string {
  return normalized('NFKC', text).toLowerCase();
}

function commonestPasswords(): Promise<ReadonlySet<string>> {
  commonest ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].filter(({ length }) => length >= lengthMin)),
  );
  return commonest;
}
