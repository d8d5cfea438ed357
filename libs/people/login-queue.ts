/** The queue of logins to one account from unknown networks. */
export interface LoginQueue {
  /** Time of the next free login; at most one window in the past. */
  readonly nextAt: number;
  /** Network → the time of its reserved place. */
  readonly places: Readonly<Record<string, number>>;
}

export interface QueueBounds {
  /** Logins allowed at once, and per window after that. */
  readonly attemptsMax: number;
  readonly windowMs: number;
}

export interface Entered {
  /** 0 to try now. */
  readonly waitMs: number;
  readonly queue: LoginQueue;
}

export const emptyQueue: LoginQueue = { nextAt: 0, places: {} };

const waitMsMax = 1_800_000;
const placesMax = 60;

/**
 * A few logins are allowed at once, then one per interval. A network that comes too early gets a reserved place;
 * otherwise the client that tries most often would get every login. Each network has one place at a time.
 */
export function enter(given: LoginQueue, network: string, now: number, bounds: QueueBounds): Entered {
  const aheadMsMax = aheadOf(bounds);
  const queue = { ...given, places: without(given.places, (_, at) => at <= now - aheadMsMax) };
  const place = queue.places[network];
  if (place !== undefined) {
    if (place > now) return { waitMs: place - now, queue };
    return { waitMs: 0, queue: { ...queue, places: without(queue.places, (name) => name === network) } };
  }
  const spacing = spacingOf(bounds);
  const at = Math.max(queue.nextAt, now - bounds.windowMs + spacing);
  if (at <= now) return { waitMs: 0, queue: { ...queue, nextAt: at + spacing } };
  const waitMs = at - now;
  if (waitMs > aheadMsMax) return { waitMs: waitMs - aheadMsMax, queue };
  return { waitMs, queue: { nextAt: at + spacing, places: { ...queue.places, [network]: at } } };
}

/** When the queue can be deleted. */
export function endOf({ nextAt, places }: LoginQueue, bounds: QueueBounds): number {
  const fullAgain = nextAt - spacingOf(bounds) + bounds.windowMs;
  return Object.keys(places).length === 0 ? fullAgain : Math.max(fullAgain, nextAt + aheadOf(bounds));
}

export function spacingOf({ attemptsMax, windowMs }: QueueBounds): number {
  return windowMs / attemptsMax;
}

/** The longest wait for a place, and how long it is reserved after that. */
function aheadOf(bounds: QueueBounds): number {
  return Math.min(waitMsMax, placesMax * spacingOf(bounds));
}

function without(places: LoginQueue['places'], is: (network: string, at: number) => boolean): LoginQueue['places'] {
  return Object.fromEntries(Object.entries(places).filter(([network, at]) => !is(network, at)));
}
