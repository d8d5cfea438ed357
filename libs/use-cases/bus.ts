/** What the asking side needs of use cases: nothing here reaches the command runtime. */
export { useCasesModule } from './module.ts';
export type { QueryContext } from './query-context.ts';
export { UseCases } from './use-cases.ts';
