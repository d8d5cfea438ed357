import { fingerprintLength } from './fingerprint.ts';

// The value of a key: 'r' (running) or 'a' (answered), the fingerprint, and then either the deadline and owner or the
// answer.
const untilDigits = 13;
const body = fingerprintLength + 2;
const owner = body + untilDigits;

// The generic cell rate algorithm. Returns the remaining requests (-1 for no limit); ms until the full limit is
// available again, or, if this request is over the limit, until one is allowed; whether it is over the limit; and the
// time. Less than a millisecond is tolerated, because sums of fractions of milliseconds are not exact.
const take = `
  local function take(key, max, window)
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    if max == 0 then return -1, 0, false, now end
    local whole = math.max(tonumber(redis.call('GET', key) or '0'), now) + window / max
    if whole - now - window >= 1 then return 0, math.ceil(whole - now - window), true, now end
    redis.call('SET', key, string.format('%.3f', whole), 'PX', math.ceil(whole - now))
    return math.max(math.floor((window - whole + now) * max / window + 0.01), 0), math.ceil(whole - now), false, now
  end
`;

/**
 * KEYS: the rate limit. ARGV: requests per window, the window in ms. Returns the remaining requests, ms, and 1 if over
 * the limit.
 */
export const takeScript = `${take}
  local left, ms, over = take(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]))
  return {left, ms, over and 1 or 0}
`;

/**
 * All checks of a request in one round trip. KEYS: the session, the rate limit, the idempotency key.
 * ARGV: requests per window (0 for no limit), the window in ms, the fingerprint ('' for no key), the owner, the time
 * limit of a request, the lifetime of a key. Returns the state of the session, the remaining requests (-1 for no
 * limit), ms until the full limit is available again, the state of the key, and the stored answer.
 */
export const checkScript = `${take}
  local session = redis.call('GET', KEYS[1]) or ''
  if session == '0' then return {session, -1, 0, 'none'} end
  local left, whole, over, now = take(KEYS[2], tonumber(ARGV[1]), tonumber(ARGV[2]))
  if over then return {session, left, whole, 'too-fast'} end
  if ARGV[3] == '' then return {session, left, whole, 'none'} end
  local kept = redis.call('GET', KEYS[3])
  if kept then
    if string.sub(kept, 2, ${body - 1}) ~= ARGV[3] then return {session, left, whole, 'reused'} end
    if string.sub(kept, 1, 1) == 'a' then return {session, left, whole, 'answered', string.sub(kept, ${body})} end
    if tonumber(string.sub(kept, ${body}, ${owner - 1})) > now then return {session, left, whole, 'running'} end
  end
  local untilWhen = string.format('%0${untilDigits}d', now + ARGV[5])
  redis.call('SET', KEYS[3], 'r' .. ARGV[3] .. untilWhen .. ARGV[4], 'PX', ARGV[6])
  return {session, left, whole, kept and 'mine-again' or 'mine'}
`;

/** ARGV: the owner and the new value of the key ('' to free it). Does nothing if the key has another owner. */
export const settleScript = `
  local kept = redis.call('GET', KEYS[1])
  if not kept or string.sub(kept, 1, 1) ~= 'r' or string.sub(kept, ${owner}) ~= ARGV[1] then return 0 end
  if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL') end
  return 1
`;

/** ARGV: the owner and the extension in ms. Does nothing if the key has another owner. */
export const prolongScript = `
  local kept = redis.call('GET', KEYS[1])
  if not kept or string.sub(kept, 1, 1) ~= 'r' or string.sub(kept, ${owner}) ~= ARGV[1] then return 0 end
  local time = redis.call('TIME')
  local untilWhen = string.format('%0${untilDigits}d', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2])
  local ms = math.max(redis.call('PTTL', KEYS[1]), ARGV[2])
  redis.call('SET', KEYS[1], string.sub(kept, 1, ${body - 1}) .. untilWhen .. ARGV[1], 'PX', ms)
  return 1
`;

export function answeredValue(fingerprint: string, answer: string): string {
  return `a${fingerprint}${answer}`;
}

/** The key keeps its fingerprint and is immediately free for the same request. */
export function unsettledValue(fingerprint: string, who: string): string {
  return `r${fingerprint}${'0'.repeat(untilDigits)}${who}`;
}
