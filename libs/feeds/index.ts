export { FeedSink, type FeedSinkOptions } from './feed-sink.ts';
export { feed, feedKey } from './feed.ts';
export { feedMigrations } from './migrations.ts';
export { publicEventTypes, type PublicEvent, type PublicEventType } from './public-event.ts';
export { publicEvents, type PublicEventOptions } from './public-events.ts';
export { refillFeed } from './refill-feed.ts';
