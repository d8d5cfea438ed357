import { transferAggregate, type TransferCommand, type TransferEvent } from '#domain';
import { decisionsOf, transferOf } from '#dev/testing';

const { given } = decisionsOf({
  initial: transferAggregate.initial,
  evolve: transferAggregate.evolve,
  decide: transferAggregate.decide,
});
const at = 1000;
const later = 2000;
const { status: _status, requestedAt: _requestedAt, endedAt: _endedAt, ...wanted } = transferOf();
const request: TransferCommand = { type: 'RequestTransfer', ...wanted, reason: null };
const forbidden = { code: 'FORBIDDEN' } as const;
const insufficient = { code: 'INSUFFICIENT_STOCK', available: 1, requested: 3 } as const;
const requested: TransferEvent = { type: 'TransferRequested', ...transferOf() };
const completed: TransferEvent = {
  type: 'TransferCompleted',
  ...transferOf({ status: 'completed', endedAt: later }),
};
const rejectedFacts = transferOf({ status: 'rejected', endedAt: later });
const rejected: TransferEvent = { type: 'TransferRejected', ...rejectedFacts, reason: insufficient };

describe('a transfer', () => {
  it('is requested once, whatever became of it', () => {
    given()
      .when({ ...request, at })
      .then(requested);
    for (const past of [[requested], [requested, completed], [requested, rejected]]) {
      given(...past)
        .when({ ...request, at: later })
        .thenNothing();
    }
  });

  it('that is rejected at once is not requested any more, and one that is requested is not rejected so', () => {
    const atOnce: TransferEvent = { type: 'TransferRejected', ...rejectedFacts, endedAt: at, reason: forbidden };
    given()
      .when({ ...request, reason: forbidden, at })
      .then(atOnce);
    given(atOnce)
      .when({ ...request, at: later })
      .thenNothing();
    given(requested)
      .when({ ...request, reason: forbidden, at: later })
      .thenNothing();
  });

  it('is completed or rejected, and stays so', () => {
    given(requested).when({ type: 'CompleteTransfer', at: later }).then(completed);
    given(requested).when({ type: 'RejectTransfer', reason: insufficient, at: later }).then(rejected);
    for (const end of [completed, rejected]) {
      given(requested, end).when({ type: 'CompleteTransfer', at: later }).thenNothing();
      given(requested, end).when({ type: 'RejectTransfer', reason: forbidden, at: later }).thenNothing();
    }
  });

  it('that nobody requested is not found', () => {
    given().when({ type: 'CompleteTransfer', at }).rejected({ code: 'TRANSFER_NOT_FOUND' });
    given().when({ type: 'RejectTransfer', reason: insufficient, at }).rejected({ code: 'TRANSFER_NOT_FOUND' });
  });

  it('remembers why it was rejected', () => {
    expect([requested, rejected].reduce(transferAggregate.evolve, transferAggregate.initial)).toEqual({
      ...rejectedFacts,
      reason: insufficient,
    });
    expect([requested, completed].reduce(transferAggregate.evolve, transferAggregate.initial)).toMatchObject({
      status: 'completed',
      reason: null,
    });
  });
});
