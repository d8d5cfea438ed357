import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { mayReceive } from './addresses.ts';
import { isNotThere, resolveHost, type ResolveHost } from './resolve-host.ts';

export const receiverUrlMax = 2048;

/** What is wrong with the URL of a receiver. */
export type UrlFault = 'webhookUrl' | 'webhookAddress' | 'webhookHost';

export interface ReceiverRules {
  /** Private and loopback addresses, and http. */
  readonly allowsPrivate: boolean;
}

const resolveMsMax = 2000;

/** The URLs that a webhook may have in this installation. */
export class ReceiverUrls {
  readonly #rules: ReceiverRules;
  readonly #resolve: ResolveHost;

  constructor(rules: ReceiverRules, resolve = resolveHost) {
    this.#rules = rules;
    this.#resolve = resolve;
  }

  /**
   * A host that cannot be resolved now for a reason of the resolver's is accepted: every connection is checked again.
   */
  async faultOf(url: string): Promise<UrlFault | undefined> {
    const { allowsPrivate } = this.#rules;
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed === undefined || !isReceiver(parsed, allowsPrivate)) return 'webhookUrl';
    const addresses = await this.#addressesOf(hostOf(parsed));
    if (addresses === 'none') return 'webhookHost';
    return addresses.every((address) => mayReceive(address, allowsPrivate)) ? undefined : 'webhookAddress';
  }

  async #addressesOf(host: string): Promise<readonly string[] | 'none'> {
    if (isIP(host) !== 0) return [host];
    try {
      return await Promise.race([this.#resolve(host), pause(resolveMsMax, [], { ref: false })]);
    } catch (error) {
      return isNotThere(error) ? 'none' : [];
    }
  }
}

/** The host as resolvers and sockets take it: an IPv6 address without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function isReceiver({ protocol, username, password, hash }: URL, allowsPrivate: boolean): boolean {
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && allowsPrivate);
}
