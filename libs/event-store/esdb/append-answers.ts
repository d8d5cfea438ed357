import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { AppendTooLarge, OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import type { ExpectedRevision } from '../event-store.ts';

export interface SuccessAnswer {
  readonly answer: 'success';
  readonly revision: number;
  /** Position of the last event; not every answer contains it. */
  readonly position: { readonly commit: bigint; readonly prepare: bigint } | undefined;
}

export type AppendAnswer = SuccessAnswer | { readonly answer: 'wrong-version'; readonly actual: ExpectedRevision };

// Errors of a node that did not accept the append.
const notTaken = /^Server Is |^No leader info /;

/** Interprets the answer to one append; throws for errors. */
export function appendAnswerOf(response: BatchAppendResp, bytes: number): AppendAnswer {
  const success = response.getSuccess();
  if (success !== undefined) return successAnswer(success);
  const error = response.getError();
  const [message = 'nothing', details] = [error?.getMessage(), error?.getDetails()];
  if (details === undefined) throw new OutcomeUnknown(`EventStoreDB answered an append with ${message}`);
  switch (details.getTypeName()) {
    case 'event_store.client.WrongExpectedVersion':
      return wrongVersion(shared.WrongExpectedVersion.deserializeBinary(details.getValue_asU8()));
    case 'event_store.client.MaximumAppendSizeExceeded':
      throw tooLarge(shared.MaximumAppendSizeExceeded.deserializeBinary(details.getValue_asU8()), bytes);
    case 'event_store.client.StreamDeleted':
    case 'event_store.client.AccessDenied':
    case 'event_store.client.BadRequest':
      throw new Error(`EventStoreDB rejected an append: ${message}`);
    default:
      if (notTaken.test(message)) throw new StoreUnavailable(`EventStoreDB did not accept an append: ${message}`);
      throw new OutcomeUnknown(`EventStoreDB answered an append with ${message}`);
  }
}

function successAnswer(success: BatchAppendResp.Success): SuccessAnswer {
  const told = success.getPosition();
  const position = told && { commit: BigInt(told.getCommitPosition()), prepare: BigInt(told.getPreparePosition()) };
  return { answer: 'success', revision: Number(success.getCurrentRevision()), position };
}

function wrongVersion(details: shared.WrongExpectedVersion): AppendAnswer {
  const actual = details.hasCurrentStreamRevision() ? Number(details.getCurrentStreamRevision()) : 'none';
  return { answer: 'wrong-version', actual };
}

function tooLarge(details: shared.MaximumAppendSizeExceeded, bytes: number): AppendTooLarge {
  return new AppendTooLarge(bytes, details.getMaxappendsize());
}
