import type { Place } from '../place.ts';
import { CausedPage } from './caused-page.tsx';
import { EventPage } from './event-page.tsx';
import { EventsPage } from './events-page.tsx';

/** What happened: the events of all streams, from the journal. */
export function EventsPart(place: Place) {
  const [first, second] = place.path;
  if (first === undefined) return <EventsPage {...place} />;
  if (first === 'caused' && second !== undefined) return <CausedPage key={second} correlationId={second} />;
  return <EventPage key={first} id={first} />;
}
