import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { mayReceive } from './addresses.ts';

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

  constructor(rules: ReceiverRules) {
    this.#rules = rules;
  }

  /**
   * A host that cannot be resolved now for a reason of the resolver's is accepted: every connection is checked again.
   */
  async faultOf(url: string): Promise<UrlFault | undefined> {
    const { allowsPrivate } = this.#rules;
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed === undefined || !isReceiver(parsed, allowsPrivate)) return 'webhookUrl';
    const addresses = await addressesOf(hostOf(parsed));
    if (addresses === 'none') return 'webhookHost';
    return addresses.every((address) => mayReceive(address, allowsPrivate)) ? undefined : 'webhookAddress';
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

async function addressesOf(host: string): Promise<readonly string[] | 'none'> {
  if (isIP(host) !== 0) return [host];
  try {
    const found = await Promise.race([lookup(host, { all: true }), pause(resolveMsMax, [], { ref: false })]);
    return found.map(({ address }) => address);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTFOUND' ? 'none' : [];
  }
}
