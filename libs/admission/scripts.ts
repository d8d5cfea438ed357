import { fingerprintLength } from './fingerprint.ts';

// A key's value: 'r' (running) or 'a' (answered), the fingerprint, and then until when it runs and for whom, or the answer.
const untilDigits = 13;
const body = fingerprintLength + 2;
const owner = body + untilDigits;

// The generic cell rate algorithm. Answers what is left (-1 for no limit); ms until all of it is there again, or, where
// this is too much, until there is some; whether it is too much; and the time. Less than a millisecond is not too much:
// sums of parts of milliseconds are not exact.
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

/** KEYS: the pace. ARGV: requests in a window, the window in ms. Answers what is left, ms, and 1 where it is too much. */
export const takeScript = `${take}
  local left, ms, over = take(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]))
  return {left, ms, over and 1 or 0}
`;

/**
 * Everything that is asked of Redis before a request may go on, in one round trip. KEYS: the session, the pace, the
 * idempotency key. ARGV: requests in a window (0 for no bound), the window in ms, the fingerprint ('' for no key), who
 * asks, how long it may run, how long a key is kept. Answers what the session is known as, what is left of the pace
 * (-1 for no bound), ms until it is whole again, what the key says, and what was answered.
 */
export const admitScript = `${take}
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

/** ARGV: who asks, and the key's new value ('' to free it). Nothing, when it is no longer theirs. */
export const settleScript = `
  local kept = redis.call('GET', KEYS[1])
  if not kept or string.sub(kept, 1, 1) ~= 'r' or string.sub(kept, ${owner}) ~= ARGV[1] then return 0 end
  if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL') end
  return 1
`;

/** ARGV: who asks, and how long they may go on. Nothing, when the key is no longer theirs. */
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

/** Bound to what it was used for, and free for that at once. */
export function unsettledValue(fingerprint: string, who: string): string {
  return `r${fingerprint}${'0'.repeat(untilDigits)}${who}`;
}
