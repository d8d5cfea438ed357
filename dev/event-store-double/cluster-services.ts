import { randomUUID } from 'node:crypto';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { uuidMessage } from './messages.ts';
import type { ServerState } from './server-state.ts';

const { VNodeState } = gossip.MemberInfo;

/** The cluster members as seen by this node. */
export function clusterInfo({ faults }: ServerState, own: { host: string; port: number }): ClusterInfo {
  const info = new gossip.ClusterInfo();
  const { booting, leaderElsewhere } = faults;
  const ownState = booting
    ? VNodeState.INITIALIZING
    : leaderElsewhere === undefined
      ? VNodeState.LEADER
      : VNodeState.FOLLOWER;
  info.addMembers(member(own, ownState));
  if (typeof leaderElsewhere === 'object') info.addMembers(member(leaderElsewhere, VNodeState.LEADER));
  return info;
}

function member({ host, port }: { host: string; port: number }, state: number) {
  const endPoint = new gossip.EndPoint();
  endPoint.setAddress(host);
  endPoint.setPort(port);
  const info = new gossip.MemberInfo();
  info.setInstanceId(uuidMessage(randomUUID()));
  info.setState(state);
  info.setIsAlive(true);
  info.setHttpEndPoint(endPoint);
  return info;
}

export function supportedMethods(): SupportedMethods {
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion('23.10.6');
  for (const { path } of Object.values(StreamsService)) {
    const [, service = '', name = ''] = path.split('/');
    const method = new features.SupportedMethod();
    method.setServiceName(service.toLowerCase());
    method.setMethodName(name.toLowerCase());
    supported.addMethods(method);
  }
  return supported;
}
