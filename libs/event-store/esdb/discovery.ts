import { setTimeout as pause } from 'node:timers/promises';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { StoreUnavailable } from '../errors.ts';
import type { Address, Endpoint } from './address.ts';

const roundPauseMs = 100;

/** Finds the leader of a cluster by gossip. */
export class Discovery {
  readonly #address: Address;
  /** Members reported by the nodes, so that the cluster can be found when all seeds are gone. */
  #members: readonly Endpoint[] = [];

  constructor(address: Address) {
    this.#address = address;
  }

  /** Repeats until the time limit, because there is no leader during an election. */
  async findLeader(withinMs: number): Promise<Endpoint> {
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      const leader = await this.#askAll(deadline);
      if (leader !== undefined) return leader;
      await pause(roundPauseMs * (0.5 + Math.random() / 2));
    }
    throw new StoreUnavailable(`no leader of the EventStoreDB cluster was found within ${withinMs} ms`);
  }

  /** In parallel, so that a hanging node does not delay the others. */
  async #askAll(deadline: number): Promise<Endpoint | undefined> {
    const asked = new Map(
      [...this.#address.seeds, ...this.#members].map((node) => [`${node.address}:${node.port}`, node]),
    );
    const answers = [...asked.values()].map(async (node) => {
      const members = await this.#ask(node, deadline);
      const leader = members.find((member) => member.getIsAlive() && member.getState() === leading);
      if (leader === undefined) throw new Error('no leader yet');
      this.#members = members.flatMap(endpointOf);
      return endpointOf(leader)[0];
    });
    return Promise.any(answers).catch(() => undefined);
  }

  #ask(node: Endpoint, deadline: number): Promise<readonly MemberInfo[]> {
    const { credentials, channelOptions, headers } = this.#address;
    const client = new GossipClient(`${node.address}:${node.port}`, credentials, channelOptions);
    return new Promise((resolve, reject) => {
      client.read(new shared.Empty(), headers, { deadline }, (error, info) => {
        client.close();
        if (error === null) resolve(info.getMembersList());
        else reject(error);
      });
    });
  }
}

const leading = gossip.MemberInfo.VNodeState.LEADER;

function endpointOf(member: MemberInfo): Endpoint[] {
  const endPoint = member.getHttpEndPoint();
  return endPoint === undefined ? [] : [{ address: endPoint.getAddress(), port: endPoint.getPort() }];
}
