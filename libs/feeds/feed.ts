import type { ProjectionName } from '#projections';

/** The name of the feed in leases, logs, metrics and commands. */
export const feed: ProjectionName = { name: 'feed', schema: 1 };

/** The Redis Stream that outsiders follow. */
export const feedKey = 'holdfast:feed';

/** The hash with the checkpoint of the feed. Its hash tag is the key of the stream, so that both are on one server. */
export const feedStateKey = `{${feedKey}}:state`;
