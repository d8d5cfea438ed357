import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

/** Publishes what an issuer publishes, over HTTP; a test decides what, and whether. */
export class KeyPublisher {
  readonly #server = createServer((request, response) => this.#answer(request, response));
  keys: readonly unknown[] = [];
  /** Replaces what is said about the issuer. */
  about: Readonly<Record<string, unknown>> = {};
  /** Replaces every answer. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  /** How often the keys were read. */
  reads = 0;
  #port = 0;

  static async start(): Promise<KeyPublisher> {
    const publisher = new KeyPublisher();
    publisher.#server.listen(0, '127.0.0.1');
    await once(publisher.#server, 'listening');
    publisher.#port = (publisher.#server.address() as AddressInfo).port;
    return publisher;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** A token for the audience `shop`, signed with a new key, which is the only one from now on. */
  async token(claims: JWTPayload): Promise<string> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const kid = randomUUID();
    this.keys = [{ ...(await exportJWK(publicKey)), kid }];
    const token = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).setIssuer(this.issuer);
    return token.setAudience('shop').setExpirationTime('10m').sign(privateKey);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.answer !== undefined) return this.answer(request, response);
    const { issuer } = this;
    if (request.url === '/.well-known/openid-configuration') {
      response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, ...this.about }));
      return;
    }
    this.reads += 1;
    response.end(JSON.stringify({ keys: this.keys }));
  }
}
