import type { StoredEventType } from '#client';

export const filterFields = ['stream', 'subject', 'type', 'user', 'correlationId', 'from', 'to'] as const;

/** What the events are filtered by, as the address has it: the conditions of the API, times as ISO 8601. */
export type Filter = { readonly [Field in (typeof filterFields)[number]]?: string };

export function filterOf(query: URLSearchParams): Filter {
  return Object.fromEntries(
    filterFields.flatMap((field) => {
      const value = query.get(field) ?? '';
      return value === '' ? [] : [[field, value]];
    }),
  );
}

/** An unknown type is left to the API to reject. */
export function conditionsOf({ type, ...others }: Filter) {
  return { ...others, ...(type === undefined ? {} : { type: [type as StoredEventType] }) };
}
