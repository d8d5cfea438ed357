import { requestAggregate, type Acceptance, type RequestFacts } from '#domain';
import { handledEvents, type EventSource } from '#projections';
import type { Told } from './public-event.ts';
import type { AcceptedRequestShape, RequestShape } from './shapes.ts';

/** What is told of requests. */
export function requestEvents(): EventSource<readonly Told[]> {
  return handledEvents(requestAggregate, {
    RequestMade: (event) => [{ type: 'request.made', data: requestShape(event) }],
    RequestAccepted: (event) => [{ type: 'request.accepted', data: acceptedShape(event) }],
    RequestCompleted: (event) => [{ type: 'request.completed', data: requestShape(event) }],
    AcceptanceWithdrawn: (event) => [{ type: 'request.acceptance_withdrawn', data: acceptedShape(event) }],
    RequestCancelled: (event) => [{ type: 'request.cancelled', data: requestShape(event) }],
  });
}

function requestShape({ requestId, requesterId, kind, status, requiredQty, currentQty }: RequestFacts): RequestShape {
  return { id: String(requestId), userId: requesterId, type: kind, status, requiredQty, currentQty };
}

function acceptedShape(event: RequestFacts & { readonly acceptance: Acceptance }): AcceptedRequestShape {
  const { acceptanceId, accepterId, qty } = event.acceptance;
  return { ...requestShape(event), acceptanceId, accepterId, qty };
}
