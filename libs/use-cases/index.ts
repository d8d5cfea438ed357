export { carryOut, type CarriedOut } from './carry-out.ts';
export { onlyRepeats, step, systemContext, withNewId, type UseCaseContext } from './context.ts';
export { useCasesModule } from './module.ts';
export { answering, done, rejectField } from './outcome.ts';
export type { Done, Failed, FieldRejection, Settled, UseCaseOutcome, Write } from './outcome.ts';
export { Stream, Streams, type Executed, type KeyReused, type RecordedEvent, type StreamContext } from './streams.ts';
export { UseCases } from './use-cases.ts';
