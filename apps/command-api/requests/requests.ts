import { CommandRuntime } from '#commands';
import { reject, requestAggregate, type KnownRequest, type Rejected } from '#domain';
import type { Request, RequestCommand, RequestEvent, RequestId, RequestRejection } from '#domain';
import { numberOf } from '#ids';
import { Streams } from '#use-cases';

type NotFound = Rejected<{ readonly code: 'REQUEST_NOT_FOUND' }>;

/** The requests, by their numbers. */
export class Requests extends Streams<RequestId, Request, RequestCommand, RequestEvent, RequestRejection> {
  constructor(runtime: CommandRuntime) {
    super(runtime, requestAggregate);
  }

  async find(number: string): Promise<KnownRequest | NotFound> {
    const requestId = numberOf(number);
    const request = requestId === undefined ? undefined : await this.of(requestId).read();
    return request === undefined || request.status === 'unknown' ? reject({ code: 'REQUEST_NOT_FOUND' }) : request;
  }
}
