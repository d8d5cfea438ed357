import { readFileSync } from 'node:fs';
import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { credentials, Metadata, type ChannelCredentials, type ChannelOptions } from '@grpc/grpc-js';
import { ConfigurationError } from '#platform';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A parsed connection string. */
export interface Address {
  readonly seeds: readonly Endpoint[];
  /** Whether the leader is found by asking the seeds, or the only host is used. */
  readonly discovers: boolean;
  readonly credentials: ChannelCredentials;
  readonly channelOptions: ChannelOptions;
  /** Sent with every call, because a follower lags and would look like a store that went backwards. */
  readonly headers: Metadata;
}

// A silent connection is detected within six seconds, and all pending calls on it fail.
const keepAliveMs = 2000;
const keepAliveTimeoutMs = 4000;
const reconnectMsMax = 1000;
// Events written by other means than gRPC can be 16 MiB.
const receivedBytesMax = 17 * 1024 * 1024;

export function parseAddress(url: string): Address {
  const options = parse(url);
  const secure = options.tls !== false;
  return {
    seeds: options.hosts,
    discovers: options.dnsDiscover || options.hosts.length > 1,
    credentials: secure
      ? credentials.createSsl(
          contentOf('tlsCAFile', options.tlsCAFile),
          contentOf('userKeyFile', options.userKeyFile),
          contentOf('userCertFile', options.userCertFile),
        )
      : credentials.createInsecure(),
    channelOptions: {
      'grpc.keepalive_time_ms': intervalOf(options.keepAliveInterval ?? keepAliveMs),
      'grpc.keepalive_timeout_ms': intervalOf(options.keepAliveTimeout ?? keepAliveTimeoutMs),
      'grpc.max_receive_message_length': receivedBytesMax,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': reconnectMsMax,
      // A replacement must be a new connection, not one shared with another channel.
      'grpc.use_local_subchannel_pool': 1,
    },
    headers: headersOf(secure ? options.defaultCredentials : undefined),
  };
}

const supported = ['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'keepAliveInterval', 'keepAliveTimeout'];
/** Options that state the default. */
const given: Readonly<Record<string, string>> = { tlsverifycert: 'true', nodepreference: 'leader' };

/**
 * The parser accepts options without effect, even one that disables certificate verification, and prints the whole URL.
 */
function rejectUnsupported(url: string): void {
  const [, query = ''] = /^[^:]+:\/\/(?:[^:]+:[^@]+@)?[^?]*\?(.*)$/.exec(url) ?? [];
  for (const [key, value] of new URLSearchParams(query)) {
    const name = key.toLowerCase();
    if (supported.some((option) => option.toLowerCase() === name) || given[name] === value.toLowerCase()) continue;
    const what = name in given ? `${key}=${value}` : key;
    throw new ConfigurationError([
      `the URL of the event store has ${what}, which has no effect: remove it; supported options: ${supported.join(', ')}`,
    ]);
  }
}

/** The errors of the parser quote the text they could not parse, which may be the password. */
function parse(url: string) {
  rejectUnsupported(url);
  try {
    return parseConnectionString(url);
  } catch {
    throw new ConfigurationError([
      'the URL of the event store must have the form esdb://user:password@host:2113?tls=true',
    ]);
  }
}

function headersOf(user: { username: string; password: string } | undefined): Metadata {
  const headers = new Metadata();
  headers.set('requires-leader', 'true');
  headers.set('connection-name', 'holdfast');
  if (user === undefined) return headers;
  headers.set('authorization', `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`);
  return headers;
}

function contentOf(option: string, file: string | undefined): Buffer | null {
  if (file === undefined) return null;
  try {
    return readFileSync(file);
  } catch {
    throw new ConfigurationError([
      `the file ${file}, named by ${option} in the URL of the event store, cannot be read`,
    ]);
  }
}

function intervalOf(ms: number): number {
  return ms === -1 ? Number.MAX_VALUE : ms;
}
