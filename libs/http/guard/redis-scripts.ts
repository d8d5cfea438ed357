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
 * All checks of several requests of a user in one round trip. KEYS: of each request, its rate limit, the session and the
 * idempotency key. ARGV: the time limit of a request, the lifetime of a key; of each request, its requests per window (0
 * for no limit), the window in ms, the fingerprint ('' for no key), the owner. Returns for each request the state of the
 * session, the remaining requests (-1 for no limit), ms until the full limit is available again, the state of the key,
 * and the stored answer; or null if this request failed.
 */
export const checkScript = `${take}
  local function check(rate, session, place, max, window, fingerprint, owner)
    local live = redis.call('GET', session) or ''
    if live == '0' then return {live, -1, 0, 'none'} end
    local left, whole, over, now = take(rate, tonumber(max), tonumber(window))
    if over then return {live, left, whole, 'too-fast'} end
    if fingerprint == '' then return {live, left, whole, 'none'} end
    local kept = redis.call('GET', place)
    if kept then
      if string.sub(kept, 2, ${body - 1}) ~= fingerprint then return {live, left, whole, 'reused'} end
      if string.sub(kept, 1, 1) == 'a' then return {live, left, whole, 'answered', string.sub(kept, ${body})} end
      if tonumber(string.sub(kept, ${body}, ${owner - 1})) > now then return {live, left, whole, 'running'} end
    end
    local untilWhen = string.format('%0${untilDigits}d', now + ARGV[1])
    redis.call('SET', place, 'r' .. fingerprint .. untilWhen .. owner, 'PX', ARGV[2])
    return {live, left, whole, kept and 'mine-again' or 'mine'}
  end
  local found = {}
  for i = 0, #KEYS / 3 - 1 do
    local k, a = 3 * i, 4 * i + 2
    local done, one = pcall(
      check, KEYS[k + 1], KEYS[k + 2], KEYS[k + 3], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3], ARGV[a + 4])
    found[i + 1] = done and one
  end
  return found
`;

/**
 * KEYS: of each request, its key. ARGV: of each request, the owner and the new value of the key ('' to free it). Does
 * nothing for a key that has another owner. Returns null for a request that failed.
 */
export const settleScript = `
  local function settle(key, owner, value)
    local kept = redis.call('GET', key)
    if not kept or string.sub(kept, 1, 1) ~= 'r' or string.sub(kept, ${owner}) ~= owner then return 0 end
    if value == '' then redis.call('DEL', key) else redis.call('SET', key, value, 'KEEPTTL') end
    return 1
  end
  local settled = {}
  for i, key in ipairs(KEYS) do
    local done, one = pcall(settle, key, ARGV[2 * i - 1], ARGV[2 * i])
    settled[i] = done and one
  end
  return settled
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
