import { measureFeedLag } from './orders/feed-lag.ts';
import { answer } from './projections/answer.ts';

// The buyers and the reader of the feed, in a process of their own: the projector's CPU is not theirs.
await answer(measureFeedLag);
