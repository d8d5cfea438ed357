import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { Provider, type Adapter } from 'oidc-provider';

interface SigningKey {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

interface Wanted {
  readonly audience?: string;
  readonly alg?: string;
  /** What the token says besides. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

const algorithms = ['RS256', 'ES256', 'EdDSA'];
const secret = 'a-secret-of-a-client';

/** Its tokens are all that is needed of the provider, and it stores none of them. */
class NoStore implements Adapter {
  readonly find = async (): Promise<undefined> => undefined;
  readonly findByUid = this.find;
  readonly findByUserCode = this.find;
  readonly upsert = this.find;
  readonly consume = this.find;
  readonly destroy = this.find;
  readonly revokeByGrantId = this.find;
}

/** A real OpenID Connect provider on this machine. Its clients are the people that its tokens are about. */
export class OidcIssuer {
  readonly #people: readonly string[];
  readonly #server = createServer((request, response) => this.#handle(request, response));
  readonly #claims = new Map<string, NonNullable<Wanted['claims']>>();
  #handle: RequestListener = (_, response) => response.destroy();
  #keys: readonly SigningKey[] = [];
  #generation = 0;

  private constructor(people: readonly string[]) {
    this.#people = people;
  }

  static async start(people: readonly string[]): Promise<OidcIssuer> {
    const issuer = new OidcIssuer(people);
    issuer.#server.listen(0, '127.0.0.1');
    await once(issuer.#server, 'listening');
    await issuer.rotate();
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on, it signs with new keys, and publishes only them. */
  async rotate(): Promise<void> {
    this.#generation += 1;
    this.#keys = await Promise.all(
      algorithms.map(async (alg) => ({ alg, ...(await generateKeyPair(alg, { extractable: true })) })),
    );
    const provider = await this.#provider();
    this.#handle = (request, response) => void provider.callback()(request, response);
  }

  goDown(): void {
    this.#handle = (_, response) => response.destroy();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Asks the provider for a token, as an application does. */
  async token(person: string, { audience = 'shop', alg = 'ES256', claims = {} }: Wanted = {}): Promise<string> {
    this.#claims.set(person, claims);
    const answer = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${person}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: `urn:${audience}:${alg}` }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`the provider answered ${answer.status}`);
    return token;
  }

  /** A token that the provider would not make, signed with its key. */
  signed(claims: JWTPayload, header: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const { privateKey } = this.#keyFor('ES256');
    const head = { alg: 'ES256', kid: this.#idOf('ES256'), ...header };
    return new SignJWT({ iss: this.url, aud: 'shop', ...claims }).setProtectedHeader(head).sign(privateKey);
  }

  publicKey(alg: string): { readonly kid: string; readonly key: CryptoKey } {
    return { kid: this.#idOf(alg), key: this.#keyFor(alg).publicKey };
  }

  #idOf(alg: string): string {
    return `${alg}-${this.#generation}`;
  }

  #keyFor(alg: string): SigningKey {
    const key = this.#keys.find((each) => each.alg === alg);
    if (key === undefined) throw new Error(`no key for ${alg}`);
    return key;
  }

  async #provider(): Promise<Provider> {
    const keys = this.#keys.map(async ({ alg, privateKey }) => ({
      ...(await exportJWK(privateKey)),
      kid: this.#idOf(alg),
      alg,
      use: 'sig',
    }));
    return new Provider(this.url, {
      adapter: NoStore,
      ttl: { ClientCredentials: 600 },
      clients: this.#people.map((id) => ({
        client_id: id,
        client_secret: secret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
      jwks: { keys: await Promise.all(keys) },
      extraTokenClaims: (_, token) => this.#claims.get(token.clientId ?? ''),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, resource) => {
            const [, audience = '', alg = ''] = resource.split(':');
            const sign = { alg: alg as 'ES256' };
            return { scope: '', audience, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign } };
          },
        },
      },
    });
  }
}
