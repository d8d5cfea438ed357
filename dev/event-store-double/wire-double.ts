import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService, type IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { TcpProxy } from '#dev/servers';
import { BatchAppends } from './batch-append.ts';
import { clusterInfo, supportedMethods } from './cluster-services.ts';
import { EventLog } from './event-log.ts';
import { Faults } from './faults.ts';
import { serialized } from './messages.ts';
import { read } from './reads.ts';
import type { ServerState } from './server-state.ts';
import { deleteStream, tombstoneStream, unaryAppend } from './unary-writes.ts';

export interface WireDoubleOptions {
  /** The log, shared by the nodes of a cluster. */
  readonly log?: EventLog;
  readonly port?: number;
  readonly writeTimeoutMs?: number;
  /** Plain text by default. */
  readonly tls?: ServerTls;
}

/** In PEM. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  /** The authority that must have signed client certificates; not required by default. */
  readonly clientCa?: string;
}

const host = '127.0.0.1';
const realWriteTimeoutMs = 2000;

/** A test double that implements the EventStoreDB protocol as observed on a real server, in memory. Only for tests. */
export class WireDouble {
  readonly log: EventLog;
  readonly faults = new Faults();
  /** A proxy that all clients connect through. */
  readonly line: TcpProxy;
  readonly #server: Server;

  private constructor(log: EventLog, line: TcpProxy, server: Server) {
    this.log = log;
    this.line = line;
    this.#server = server;
  }

  static async start(options: WireDoubleOptions = {}): Promise<WireDouble> {
    const { log = new EventLog(), port = 0, writeTimeoutMs, tls } = options;
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    const bound = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`${host}:0`, credentialsOf(tls), (error, free) =>
        error === null ? resolve(free) : reject(error),
      );
    });
    const line = await TcpProxy.to(bound, host, port);
    const double = new WireDouble(log, line, server);
    double.#serve({
      log,
      faults: double.faults,
      cutLine: () => line.cut(),
      writeTimeoutMs: writeTimeoutMs ?? realWriteTimeoutMs,
    });
    return double;
  }

  get port(): number {
    return this.line.port;
  }

  get url(): string {
    return `esdb://${host}:${this.port}?tls=false`;
  }

  get discoverUrl(): string {
    return `esdb+discover://${host}:${this.port}?tls=false`;
  }

  async stop(): Promise<void> {
    this.#server.forceShutdown();
    await this.line.close();
  }

  #serve(state: ServerState): void {
    const streamsServer: IStreamsServer = {
      read: (call) => read(call, state),
      batchAppend: (call) => void new BatchAppends(call, state),
      append: (call, answer) => unaryAppend(call, answer, state),
      delete: (call, answer) => deleteStream(call, answer, state),
      tombstone: (call, answer) => tombstoneStream(call, answer, state),
    };
    const { read: reading } = StreamsService;
    const service = { ...StreamsService, read: { ...reading, responseSerialize: serialized } };
    this.#server.addService(service, streamsServer);
    this.#server.addService(GossipService, {
      read: (_: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>) =>
        answer(null, clusterInfo(state, { host, port: this.port })),
    });
    this.#server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) =>
        answer(null, supportedMethods()),
    });
  }
}

function credentialsOf(tls: ServerTls | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const { cert, key, clientCa } = tls;
  const pair = { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) };
  return ServerCredentials.createSsl(
    clientCa === undefined ? null : Buffer.from(clientCa),
    [pair],
    clientCa !== undefined,
  );
}
