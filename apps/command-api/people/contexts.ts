import type { Caller } from '#people';

/** Of a use case that anybody may ask for: all that is known of them is where they ask from. */
export interface AnonymousContext {
  readonly address: string;
}

/** The context of a use case about the caller’s own account. */
export interface CallerContext extends AnonymousContext {
  readonly caller: Caller;
}
