import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { sendUnaryData, ServerReadableStream, ServerUnaryCall } from '@grpc/grpc-js';
import type { Expected } from './check-write.ts';
import type { ProposedEvent, WriteResult } from './event-log.ts';
import { bytesOf, expectedOf, nameOf, proposedEvent } from './messages.ts';
import { badRead, streamDeleted, tooLarge, unavailability, wrongVersion } from './rejections.ts';
import { appendBytesMax, type ServerState } from './server-state.ts';

/** The unary append call, which clients use with per-call credentials. */
export function unaryAppend(
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
  state: ServerState,
): void {
  const requests: AppendReq[] = [];
  call.on('data', (request: AppendReq) => void requests.push(request));
  call.on('error', () => undefined);
  call.on('end', () => {
    const unavailable = unavailability(state.faults, call.metadata);
    if (unavailable !== undefined) return answer(unavailable);
    const options = requests.find((request) => request.hasOptions())?.getOptions();
    if (options === undefined) return answer(badRead('options are required'));
    const stream = nameOf(options.getStreamIdentifier());
    const events = requests.flatMap((request): ProposedEvent[] => {
      const message = request.getProposedMessage();
      return message === undefined ? [] : [proposedEvent(message)];
    });
    if (events.reduce((sum, event) => sum + bytesOf(event), 0) > appendBytesMax)
      return answer(tooLarge(appendBytesMax));
    const expected = expectedOf(options, options.getRevision());
    const result = state.log.write(stream, expected, events);
    if (result.verdict === 'deleted') return answer(streamDeleted(stream));
    answer(null, appendResponse(result, expected));
  });
}

function appendResponse(result: Exclude<WriteResult, { verdict: 'deleted' }>, expected: Expected): AppendResp {
  const response = new streams.AppendResp();
  if (result.verdict === 'wrong-version') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (result.actual === undefined) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(result.actual));
    if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
    else wrong.setExpectedNoStream(new shared.Empty());
    response.setWrongExpectedVersion(wrong);
    return response;
  }
  const success = new streams.AppendResp.Success();
  if (result.last === undefined) success.setNoStream(new shared.Empty());
  else {
    success.setCurrentRevision(String(result.last.revision));
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(result.last.position));
    position.setPreparePosition(String(result.last.position));
    success.setPosition(position);
  }
  response.setSuccess(success);
  return response;
}

export function deleteStream(
  call: ServerUnaryCall<DeleteReq, DeleteResp>,
  answer: sendUnaryData<DeleteResp>,
  state: ServerState,
): void {
  end(call, answer, state, 'delete', new streams.DeleteResp());
}

export function tombstoneStream(
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  answer: sendUnaryData<TombstoneResp>,
  state: ServerState,
): void {
  end(call, answer, state, 'tombstone', new streams.TombstoneResp());
}

function end<Response>(
  call: ServerUnaryCall<DeleteReq | TombstoneReq, Response>,
  answer: sendUnaryData<Response>,
  { log, faults }: ServerState,
  how: 'delete' | 'tombstone',
  response: Response,
): void {
  const unavailable = unavailability(faults, call.metadata);
  const options = call.request.getOptions();
  if (unavailable !== undefined || options === undefined) return answer(unavailable ?? badRead('options are required'));
  const stream = nameOf(options.getStreamIdentifier());
  const expected = expectedOf(options, options.getRevision());
  const result = log[how](stream, expected);
  if (result.verdict === 'deleted') return answer(streamDeleted(stream));
  if (result.verdict === 'wrong-version') return answer(wrongVersion(stream, expected, result.actual));
  answer(null, response);
}
