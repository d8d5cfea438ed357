import type { Aggregate } from '#domain/aggregate';

/** An aggregate whose types do not matter here: writers of all kinds live in one list. */
// oxlint-disable-next-line typescript/no-explicit-any -- a writer's commands and events are typed where it is used
export type AnyAggregate = Aggregate<any, any, any, any, any>;
