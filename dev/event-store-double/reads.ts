import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerErrorResponse } from '@grpc/grpc-js';
import type { EventLog, LogRecord } from './event-log.ts';
import { eventMessage, nameOf, streamMessage } from './messages.ts';
import { badRead, invalidPosition, streamDeleted, unavailability } from './rejections.ts';
import type { ServerState } from './server-state.ts';
import { PacedCall, type ReadCall } from './paced-call.ts';
import { recordFilter } from './record-filter.ts';
import { Subscription } from './subscription.ts';

const endOfLog = 2n ** 63n;

export function read(call: ReadCall, { log, faults }: ServerState): void {
  const paced = new PacedCall(call);
  const options = call.request.getOptions();
  const unavailable = unavailability(faults, call.metadata);
  if (unavailable !== undefined) return paced.fail(unavailable);
  if (options?.hasUuidOption() !== true) return paced.fail(badRead('uuidOption is a required argument'));
  if (options.hasSubscription()) return new Subscription(paced, options, log).start();
  try {
    const answer = options.hasAll() ? allAnswer(options, log) : streamAnswer(options, log, faults.hidesLast);
    paced.writeAll(answer).catch(() => undefined);
  } catch (error) {
    paced.fail(error as ServerErrorResponse);
  }
}

function streamAnswer(options: ReadReq.Options, log: EventLog, hidden: number): readonly ReadResp[] {
  const from = options.getStream();
  const stream = nameOf(from?.getStreamIdentifier());
  if (log.isTombstoned(stream)) throw streamDeleted(stream);
  const all = log.stream(stream);
  const records = all.slice(log.firstRevision(stream), all.length - hidden);
  if (records.length === 0) return [streamNotFound(stream)];
  const first = from?.hasRevision() === true ? Number(from.getRevision()) : from?.hasEnd() === true ? Infinity : 0;
  const chosen = isBackwards(options)
    ? records.filter(({ revision }) => revision <= first).toReversed()
    : records.filter(({ revision }) => revision >= first);
  return chosen.slice(0, Number(options.getCount())).map(eventMessage);
}

function allAnswer(options: ReadReq.Options, log: EventLog): readonly ReadResp[] {
  const from = options.getAll();
  const position = BigInt(from?.getPosition()?.getCommitPosition() ?? (from?.hasEnd() === true ? endOfLog : 0));
  if (from?.hasPosition() === true && isInsideRecord(log, position)) throw invalidPosition();
  const passes = recordFilter(options.getFilter());
  // Forwards it starts at the position, backwards before the position.
  const chosen = isBackwards(options) ? recordsBefore(log, position) : log.records.slice(log.indexAt(position));
  return chosen.filter(passes).slice(0, Number(options.getCount())).map(eventMessage);
}

function isBackwards(options: ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}

function recordsBefore(log: EventLog, position: bigint): readonly LogRecord[] {
  return log.records.slice(0, log.indexAt(position)).toReversed();
}

/** A position in the middle of a record is invalid: it was issued for a different log. */
function isInsideRecord(log: EventLog, position: bigint): boolean {
  const next = log.records[log.indexAt(position)];
  return position < log.end && next?.position !== position;
}

function streamNotFound(stream: string): ReadResp {
  const notFound = new streams.ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(streamMessage(stream));
  const message = new streams.ReadResp();
  message.setStreamNotFound(notFound);
  return message;
}
