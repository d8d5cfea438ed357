import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expected } from './check-write.ts';
import type { WriteResult } from './event-log.ts';
import { streamMessage } from './messages.ts';
import { appendBytesMax } from './server-state.ts';

/** Fills the answer to one append of a batch. */
export type AppendAnswer = (answer: BatchAppendResp) => void;

export function succeededAppend(
  result: WriteResult,
  stream: string,
  expected: Expected,
  omitPosition: boolean,
): AppendAnswer {
  switch (result.verdict) {
    case 'deleted':
      return failedAppend('StreamDeleted', stream);
    case 'wrong-version':
      return wrongVersionAnswer(expected, result.actual);
    case 'written':
    case 'repeat':
      return (answer) => {
        const success = new streams.BatchAppendResp.Success();
        if (result.last === undefined) success.setNoStream(new empty.Empty());
        else success.setCurrentRevision(String(result.last.revision));
        if (result.last === undefined || omitPosition) success.setNoPosition(new empty.Empty());
        else success.setPosition(positionMessage(result.last.position));
        answer.setSuccess(success);
      };
  }
}

/** An error by its name; one without a message field is sent empty, as by the server. */
export function failedAppend(name: string, detail = ''): AppendAnswer {
  return (answer) => {
    const error = new status.Status();
    error.setMessage(name);
    error.setDetails(packed(...detailsOf(name, detail)));
    answer.setError(error);
  };
}

interface Packable {
  serializeBinary(): Uint8Array;
}

function detailsOf(name: string, detail: string): [Packable, string] {
  switch (name) {
    case 'StreamDeleted': {
      const deleted = new shared.StreamDeleted();
      deleted.setStreamIdentifier(streamMessage(detail));
      return [deleted, 'event_store.client.StreamDeleted'];
    }
    case 'MaximumAppendSizeExceeded': {
      const exceeded = new shared.MaximumAppendSizeExceeded();
      exceeded.setMaxappendsize(appendBytesMax);
      return [exceeded, 'event_store.client.MaximumAppendSizeExceeded'];
    }
    case 'BadRequest': {
      const request = new shared.BadRequest();
      request.setMessage(detail);
      return [request, 'event_store.client.BadRequest'];
    }
    case 'Timeout':
    case 'Unknown':
    case 'AccessDenied':
      return [new shared[name](), `event_store.client.${name}`];
    default:
      return [new empty.Empty(), 'google.protobuf.Empty'];
  }
}

function wrongVersionAnswer(expected: Expected, actual: number | undefined): AppendAnswer {
  return (answer) => {
    const details = new shared.WrongExpectedVersion();
    if (actual === undefined) details.setCurrentNoStream(new empty.Empty());
    else details.setCurrentStreamRevision(String(actual));
    if (expected === 'any') details.setExpectedAny(new empty.Empty());
    else if (expected === 'none') details.setExpectedNoStream(new empty.Empty());
    else if (expected === 'exists') details.setExpectedStreamExists(new empty.Empty());
    else details.setExpectedStreamPosition(String(expected));
    const error = new status.Status();
    error.setMessage('WrongExpectedVersion');
    error.setDetails(packed(details, 'event_store.client.WrongExpectedVersion'));
    answer.setError(error);
  };
}

function packed(message: Packable, type: string) {
  const packedMessage = new any.Any();
  packedMessage.pack(message.serializeBinary(), type);
  return packedMessage;
}

function positionMessage(position: bigint) {
  const message = new shared.AllStreamPosition();
  message.setCommitPosition(String(position));
  message.setPreparePosition(String(position));
  return message;
}
