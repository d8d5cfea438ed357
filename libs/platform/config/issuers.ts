import type { Setting } from './setting.ts';

/** Asymmetric ones only: with any other, whoever verifies tokens could sign them. */
export const issuerAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const;
export type IssuerAlgorithm = (typeof issuerAlgorithms)[number];

/** Somebody else whose tokens are accepted. */
export interface IssuerSettings {
  /** As its tokens spell it. */
  readonly issuer: string;
  /** Whom its tokens are made for: one of these. */
  readonly audiences: readonly string[];
  readonly algorithms: readonly IssuerAlgorithm[];
  /** The claim that identifies the customer. */
  readonly customerClaim: string;
  /** If missing, its tokens make customers only. */
  readonly roles?: IssuerRoles;
}

export interface IssuerRoles {
  /** The names on the way to the claim: more than one if it is nested. */
  readonly claim: readonly string[];
  /** With one of these values, the caller is staff. */
  readonly staff: readonly string[];
}

const issuersMax = 10;
const textsMax = 20;
const lengthMax = 500;
const fields = ['issuer', 'audience', 'algorithms', 'customer', 'roles'];

export const issuers: Setting<readonly IssuerSettings[]> = {
  variable: 'HOLDFAST_ISSUERS',
  describe:
    'Issuers (OpenID Connect) whose tokens are accepted besides Holdfast’s own: `[{ "issuer", "audience", "algorithms"?, "customer"?, "roles"? }]`, see docs/operations.md, “Outside issuers”',
  bounds: 'JSON',
  default: [],
  parse: (text) => {
    try {
      return { value: listOf(text) };
    } catch (error) {
      return { fault: (error as Error).message };
    }
  },
  show: (value) => (value.length === 0 ? '' : JSON.stringify(value.map(asGiven))),
};

function asGiven({ issuer, audiences: audience, algorithms, customerClaim: customer, roles }: IssuerSettings) {
  return { issuer, audience, algorithms, customer, roles };
}

/** Over http, anybody on the way could exchange the keys; on this machine, there is no way. */
export function isSecureUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function listOf(text: string): readonly IssuerSettings[] {
  const list = parsed(text);
  if (!Array.isArray(list)) throw new Error('must be a JSON list: [{ "issuer": "https://…", "audience": "…" }]');
  if (list.length > issuersMax) throw new Error(`must have at most ${issuersMax} issuers`);
  const issuersOf = list.map((entry: unknown, index) => issuerOf(entry, `entry ${index + 1}`));
  const names = issuersOf.map(({ issuer }) => issuer);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`must have each issuer once: ${twice} comes twice`);
  return issuersOf;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issuerOf(entry: unknown, where: string): IssuerSettings {
  const given = recordOf(entry, where, fields);
  const { issuer } = given;
  if (!isText(issuer) || !isSecureUrl(issuer) || /[?#\s]/.test(issuer)) {
    const form = 'an https URL without a query or a fragment; http is only for a loopback address';
    throw new Error(`must name the issuer as ${form} (${where})`);
  }
  const roles = given['roles'] === undefined ? undefined : rolesOf(given['roles'], where);
  return {
    issuer,
    audiences: textsOf(given['audience'], `audience of ${where}`),
    algorithms: algorithmsOf(given['algorithms'], where),
    customerClaim: textOf(given['customer'] ?? 'sub', `customer of ${where}`),
    ...(roles === undefined ? {} : { roles }),
  };
}

function rolesOf(given: unknown, where: string): IssuerRoles {
  const { claim, staff } = recordOf(given, `roles of ${where}`, ['claim', 'staff']);
  return {
    claim: textsOf(claim, `roles.claim of ${where}`),
    staff: textsOf(staff, `roles.staff of ${where}`),
  };
}

function algorithmsOf(given: unknown, where: string): readonly IssuerAlgorithm[] {
  if (given === undefined) return issuerAlgorithms;
  return textsOf(given, `algorithms of ${where}`).map((name) => {
    const algorithm = issuerAlgorithms.find((each) => each === name);
    if (algorithm !== undefined) return algorithm;
    throw new Error(`must have algorithms of ${issuerAlgorithms.join(', ')} only (${where} has ${name})`);
  });
}

function recordOf(given: unknown, where: string, names: readonly string[]): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Error(`must have an object as ${where}`);
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`has an unknown field ${unknown} in ${where}: use ${names.join(', ')}`);
  return given as Record<string, unknown>;
}

/** One text, or a list of them. */
function textsOf(given: unknown, what: string): readonly string[] {
  const texts: unknown[] = Array.isArray(given) ? given : [given];
  if (texts.length === 0 || texts.length > textsMax) throw new Error(`must have 1 to ${textsMax} texts as ${what}`);
  return texts.map((text) => textOf(text, what));
}

function textOf(given: unknown, what: string): string {
  if (isText(given)) return given;
  throw new Error(`must have a text of 1 to ${lengthMax} characters as ${what}`);
}

function isText(given: unknown): given is string {
  return typeof given === 'string' && given !== '' && given.length <= lengthMax;
}
