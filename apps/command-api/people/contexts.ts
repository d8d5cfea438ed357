import type { Caller } from '#people';

/** Of a use case that anybody may ask for: all that is known of them is where they ask from. */
export interface AnonymousContext {
  readonly address: string;
}

/** Of a use case about whoever asks for it. */
export interface CallerContext extends AnonymousContext {
  readonly caller: Caller;
}
