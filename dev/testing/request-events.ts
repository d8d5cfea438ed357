import type { Acceptance, RequestFacts } from '#domain';

/** A request for five people that was just made, with the given facts instead. */
export function requestOf(facts: Partial<RequestFacts> = {}): RequestFacts {
  return {
    requestId: 10,
    requesterId: 'ann',
    requesterNumber: 1,
    kind: 'Humanpower',
    title: 'Dig out the school',
    place: null,
    when: null,
    note: null,
    requiredQty: 5,
    currentQty: 0,
    items: [],
    acceptanceCount: 0,
    status: 'open',
    createdAt: 1000,
    updatedAt: 1000,
    ...facts,
  };
}

/** Two people of bob, with the given facts instead. */
export function acceptanceOf(facts: Partial<Acceptance> = {}): Acceptance {
  return { acceptanceId: 7, accepterId: 'bob', accepterNumber: 2, qty: 2, items: [], acceptedAt: 2000, ...facts };
}
