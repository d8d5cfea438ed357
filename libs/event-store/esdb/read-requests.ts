import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamPageRequest } from '../event-store.ts';
import { streamIdentifier } from './append-request.ts';

const { BACKWARDS, FORWARDS } = streams.ReadReq.Options.ReadDirection;

/** A commit and a prepare position. */
export type LogPosition = readonly [commit: bigint, prepare: bigint];

export function streamRequest(stream: string, { direction, from, limit }: StreamPageRequest): ReadReq {
  const where = new streams.ReadReq.Options.StreamOptions();
  where.setStreamIdentifier(streamIdentifier(stream));
  if (from !== undefined) where.setRevision(String(from));
  else if (direction === 'backwards') where.setEnd(new shared.Empty());
  else where.setStart(new shared.Empty());
  return request((options) => {
    options.setStream(where);
    options.setReadDirection(direction === 'backwards' ? BACKWARDS : FORWARDS);
    options.setCount(String(limit));
  });
}

/** Forwards it starts at the position, or at the start; backwards before the position, or at the end. */
export function allRequest(direction: 'forwards' | 'backwards', from: LogPosition | undefined, limit: number): ReadReq {
  const where = new streams.ReadReq.Options.AllOptions();
  if (from !== undefined) where.setPosition(positionMessage(from));
  else if (direction === 'backwards') where.setEnd(new shared.Empty());
  else where.setStart(new shared.Empty());
  return request((options) => {
    options.setAll(where);
    options.setReadDirection(direction === 'backwards' ? BACKWARDS : FORWARDS);
    options.setCount(String(limit));
  });
}

/** Everything appended from now on, without system records. */
export function subscriptionRequest(): ReadReq {
  const where = new streams.ReadReq.Options.AllOptions();
  where.setEnd(new shared.Empty());
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  expression.setRegex('^[^$].*');
  const filter = new streams.ReadReq.Options.FilterOptions();
  filter.setEventType(expression);
  filter.setCount(new shared.Empty());
  filter.setCheckpointintervalmultiplier(1);
  return request((options) => {
    options.setAll(where);
    options.setReadDirection(FORWARDS);
    options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
    options.setFilter(filter);
  });
}

function request(fill: (options: ReadReq.Options) => void): ReadReq {
  const options = new streams.ReadReq.Options();
  const uuidOption = new streams.ReadReq.Options.UUIDOption();
  uuidOption.setString(new shared.Empty());
  options.setUuidOption(uuidOption);
  options.setResolveLinks(false);
  options.setNoFilter(new shared.Empty());
  fill(options);
  const message = new streams.ReadReq();
  message.setOptions(options);
  return message;
}

function positionMessage([commit, prepare]: LogPosition): ReadReq.Options.Position {
  const position = new streams.ReadReq.Options.Position();
  position.setCommitPosition(String(commit));
  position.setPreparePosition(String(prepare));
  return position;
}
