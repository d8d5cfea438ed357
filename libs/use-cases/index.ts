export { step, withNewId, type UseCaseContext } from './context.ts';
export { useCasesModule } from './module.ts';
export { answering, done, type Done, type UseCaseOutcome, type Write } from './outcome.ts';
export { Stream, Streams, type KeyReused, type RecordedEvent } from './streams.ts';
export { UseCases } from './use-cases.ts';
