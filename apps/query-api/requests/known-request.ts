import { reject, type Rejected, type RequestFacts } from '#domain';
import type { RequestQueries } from '#read-models';

export type NoSuchRequest = Rejected<{ readonly code: 'REQUEST_NOT_FOUND' }>;

export async function knownRequest(requests: RequestQueries, id: string): Promise<RequestFacts | NoSuchRequest> {
  const request = /^\d{1,15}$/.test(id) ? await requests.find(Number(id)) : undefined;
  return request ?? reject({ code: 'REQUEST_NOT_FOUND' });
}
