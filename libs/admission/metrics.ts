import { Counter, type Registry } from '#platform';

export type AdmissionMetrics = ReturnType<typeof admissionMetrics>;

export function admissionMetrics(registry: Registry) {
  return {
    requests: new Counter({
      name: 'holdfast_admissions_total',
      help: 'Requests with a token, by what became of them at the door',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    publicRefusals: new Counter({
      name: 'holdfast_public_refusals_total',
      help: 'Requests that need no token, refused with 429: too many from one address, or of one caller',
      registers: [registry],
    }),
    unkept: new Counter({
      name: 'holdfast_unkept_answers_total',
      help: 'Answers that Redis did not take; a retry is answered by the event store',
      registers: [registry],
    }),
  };
}
