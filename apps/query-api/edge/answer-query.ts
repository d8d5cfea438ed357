import { isRejected, type Rejected } from '#domain';
import { problemOf, type Answer, type Rejection } from '#http';
import { answerTagged, isTagged } from './entity-tag.ts';

/** Makes the answer of what a query found: of a rejection an error response, with its code and its other facts. */
export const answerQuery: Answer = (found, request, reply) => {
  if (typeof found !== 'object' || found === null) return found;
  if (isRejection(found)) throw problemOf(found.rejection);
  return isTagged(request) ? answerTagged(found, request, reply) : found;
};

function isRejection(found: object): found is Rejected<Rejection> {
  return isRejected(found);
}
