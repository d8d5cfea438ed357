import type { Aggregate } from '#domain/aggregate';

/** An aggregate of any type: the writers of all aggregates are kept in one map. */
// oxlint-disable-next-line typescript/no-explicit-any -- a writer's commands and events are typed where it is used
export type AnyAggregate = Aggregate<any, any, any, any, any>;
