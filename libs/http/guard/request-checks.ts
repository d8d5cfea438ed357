import { hash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ReplyError } from 'ioredis';
import { sessionKey, type Caller, type Living, type Sessions } from '#people';
import type { Logger, Redis } from '#platform';
import { keyPlaces, type Answer, type KeyClaim } from './key-claim.ts';
import type { GuardMetrics } from './metrics.ts';
import type { RateLimitRule, Rate } from './rate-limit.ts';
import { ScriptCalls } from './script-calls.ts';
import { checkScript, answeredValue, prolongScript, settleScript, unsettledValue } from './redis-scripts.ts';

export interface CheckedRequest {
  readonly caller: Caller;
  /** An Idempotency-Key with the fingerprint of its request. */
  readonly key?: { readonly text: string; readonly fingerprint: string } | undefined;
  /** Whose rate limit the request counts towards; the caller's by default. */
  readonly limitedBy?: 'caller' | 'session';
}

export type CheckResult =
  | { readonly outcome: 'go-on'; readonly rate: Rate | undefined; readonly claim: KeyClaim | undefined }
  | { readonly outcome: 'answered'; readonly rate: Rate | undefined; readonly answer: Answer }
  | { readonly outcome: 'too-fast'; readonly rate: Rate; readonly retryAfterMs: number }
  | { readonly outcome: 'session-ended' | 'key-reused' | 'key-running' | 'key-unknown' }
  | CustomerEnded;

/** Nobody may act for the customer. */
interface CustomerEnded {
  readonly outcome: 'customer-ended';
}

export interface RequestChecksOptions {
  readonly redis: Redis;
  readonly sessions: Sessions;
  /** Of a caller. */
  readonly rule: RateLimitRule;
  /** Of a session, for requests that do not count towards the limit of the caller. */
  readonly sessionRule?: RateLimitRule;
  readonly keys?: KeyTimes;
  readonly metrics: GuardMetrics;
  readonly log?: Logger;
}

export interface KeyTimes {
  readonly keptMs: number;
  /** Longer than any request runs: after that, the process that ran it is gone. */
  readonly runningMsMax: number;
}

type Found = [session: string, left: number, ms: number, key: string, answer?: string];
type Scripts = Redis & {
  holdfastProlong(key: string, owner: string, runningMs: number): Promise<number>;
};

const noKeys: KeyTimes = { keptMs: 1, runningMsMax: 1 };

const settleEveryMs = 500;
/** Until Redis has been away for so long, it may only be this process that has lost its connection to it. */
const briefOutageMs = 3000;

/**
 * Decides whether a request may proceed: its session is live, its caller is within the rate limit, and it is the first
 * with its key. Redis is asked once for all three. Without Redis, PostgreSQL answers for the session, no rate limit
 * applies, and the event store recognises repeats. But while Redis does not answer, or has been away only for a moment, it
 * may be answering other processes: a request with a key is not let through, because one of them may be running it.
 */
export class RequestChecks {
  readonly #options: RequestChecksOptions;
  readonly #redis: Scripts;
  readonly #calls: ScriptCalls;
  readonly #process = randomUUID();
  #asked = 0;
  #awaySince: number | undefined;

  constructor(options: RequestChecksOptions) {
    this.#options = options;
    options.redis.defineCommand('holdfastCheck', { lua: checkScript });
    options.redis.defineCommand('holdfastSettle', { lua: settleScript });
    options.redis.defineCommand('holdfastProlong', { numberOfKeys: 1, lua: prolongScript });
    this.#redis = options.redis as Scripts;
    if (options.redis.status !== 'ready') this.#awaySince = performance.now();
    options.redis.on('ready', () => (this.#awaySince = undefined));
    options.redis.on('close', () => (this.#awaySince ??= performance.now()));
    this.#calls = new ScriptCalls(options.redis);
  }

  async check(request: CheckedRequest): Promise<CheckResult> {
    const result = await this.#check(request);
    this.#options.metrics.requests.inc({ outcome: result.outcome });
    return result;
  }

  /** Whether a caller who was let in may go on: neither session nor key has ended since. */
  async goesOn(caller: Caller): Promise<boolean> {
    const { sessions } = this.#options;
    const living = livingOf(caller);
    const depends = [...(caller.apiKeyId === undefined ? [] : [ofKey(caller.apiKeyId)]), ...(living ? [living] : [])];
    // What has not ended lately was live when the caller was let in.
    const doubted = depends.filter(({ sessionId }) => sessions.endedLately(sessionId) !== false);
    const live = await Promise.all(doubted.map((one) => sessions.isLive(one)));
    return !live.includes(false);
  }

  async #check(request: CheckedRequest): Promise<CheckResult> {
    const { caller, key } = request;
    const { sessions } = this.#options;
    if (caller.apiKeyId !== undefined && !(await sessions.isLive(ofKey(caller.apiKeyId))))
      return { outcome: 'session-ended' };
    const owner = `${this.#process}:${++this.#asked}`;
    const place = key === undefined ? '' : keyOf(caller, key.text);
    const found = await this.#ask(request, place, owner);
    if (found === 'unknown' && key !== undefined) return { outcome: 'key-unknown' };
    const isAnswered = typeof found !== 'string';
    const known = isAnswered && found[0] !== '' ? found[0] : undefined;
    const claim = key && isAnswered ? this.#claim(found[3], caller.id, place, key.fingerprint, owner) : undefined;
    const living = livingOf(caller);
    const cached = known === undefined ? undefined : known === '1';
    const live =
      living === undefined ||
      (await sessions.isLive(living, cached).catch((error) => {
        claim?.free();
        throw error;
      }));
    if (!live) {
      claim?.free();
      return { outcome: living?.kind === 'customer' ? 'customer-ended' : 'session-ended' };
    }
    if (!isAnswered) return { outcome: 'go-on', rate: undefined, claim };
    return this.#judge(found, claim, this.#limitOf(request).rule);
  }

  #limitOf({ caller, limitedBy }: CheckedRequest): { readonly rule: RateLimitRule; readonly sender: string } {
    const { rule, sessionRule = rule } = this.#options;
    return limitedBy === 'session' ? { rule: sessionRule, sender: `:${caller.sessionId}` } : { rule, sender: '' };
  }

  #judge([, left, ms, key, answer]: Found, claim: KeyClaim | undefined, rule: RateLimitRule): CheckResult {
    const { requestsMax, windowMs } = rule;
    const rate = { requestsMax, left, wholeInMs: ms, windowMs };
    const counted = left < 0 ? undefined : rate;
    switch (key) {
      case 'too-fast':
        return { outcome: 'too-fast', rate: { ...rate, wholeInMs: windowMs }, retryAfterMs: ms };
      case 'reused':
        return { outcome: 'key-reused' };
      case 'running':
        return { outcome: 'key-running' };
      case 'answered':
        return { outcome: 'answered', rate: counted, answer: JSON.parse(answer ?? '') as Answer };
      default:
        return { outcome: 'go-on', rate: counted, claim };
    }
  }

  /** `away`: Redis is away for everybody, as far as can be told. `unknown`: others may hear from it. */
  async #ask(request: CheckedRequest, place: string, owner: string): Promise<Found | 'away' | 'unknown'> {
    const { caller, key } = request;
    const { keys = noKeys, log } = this.#options;
    if (this.#redis.status !== 'ready') return this.#isBrieflyAway ? 'unknown' : 'away';
    const { rule, sender } = this.#limitOf(request);
    const tag = `{${caller.id}}`;
    try {
      return (await this.#calls.ask(
        'holdfastCheck',
        caller.id,
        {
          keys: [
            `${tag}:rate:${rule.name}${sender}`,
            sessionKey(caller.id, caller.sessionId),
            place === '' ? tag : place,
          ],
          args: [rule.requestsMax, rule.windowMs, key?.fingerprint ?? '', owner],
        },
        { keys: [], args: [keys.runningMsMax, keys.keptMs] },
      )) as Found;
    } catch (error) {
      log?.debug({ err: error }, 'Redis did not check a request');
      if (error instanceof ReplyError) return 'away';
      // If the key was taken for this request, the next one with it need not wait until that lapses.
      if (key !== undefined) this.#settle(caller.id, place, owner, unsettledValue(key.fingerprint, owner));
      return 'unknown';
    }
  }

  get #isBrieflyAway(): boolean {
    return performance.now() - (this.#awaySince ?? Number.POSITIVE_INFINITY) < briefOutageMs;
  }

  #claim(found: string, userId: string, place: string, fingerprint: string, owner: string): KeyClaim | undefined {
    if (found !== 'mine' && found !== 'mine-again') return undefined;
    const settle = (value: string): void => this.#settle(userId, place, owner, value);
    const unsettled = (): void => settle(unsettledValue(fingerprint, owner));
    return {
      answered: (answer) => settle(answeredValue(fingerprint, JSON.stringify(answer))),
      // If an earlier attempt may have recorded something, a later one that certainly recorded nothing does not free
      // the key.
      free: () => (found === 'mine' ? settle('') : unsettled()),
      unsettled: (doubt) => {
        if (doubt === undefined) return unsettled();
        const prolonging = this.#prolong(place, owner);
        doubt
          // If the doubt is never resolved, the append may still arrive: the key stays in use until that is impossible.
          .then(unsettled, () => undefined)
          .finally(() => clearInterval(prolonging));
      },
    };
  }

  /** Tries again while the key is still in use, so that an answer outlives a connection that was lost. */
  #settle(userId: string, place: string, owner: string, value: string): void {
    const { keys = noKeys, metrics } = this.#options;
    const until = performance.now() + keys.runningMsMax;
    const settle = async (): Promise<void> => {
      try {
        await this.#calls.ask('holdfastSettle', userId, { keys: [place], args: [owner, value] });
      } catch (error) {
        if (error instanceof ReplyError || performance.now() > until) return metrics.unkept.inc();
        await pause(settleEveryMs, undefined, { ref: false });
        return settle();
      }
    };
    void settle();
  }

  /** Keeps a key in use beyond the time limit of a request. */
  #prolong(place: string, owner: string): NodeJS.Timeout {
    const { runningMsMax } = this.#options.keys ?? noKeys;
    const prolong = (): void => {
      this.#redis.holdfastProlong(place, owner, runningMsMax).catch(() => undefined);
    };
    prolong();
    return setInterval(prolong, runningMsMax / 3).unref();
  }
}

/**
 * Hashed, because a key may be long. It includes the role, so that a former staff user does not get answers given to
 * staff.
 */
function keyOf({ id, role }: Caller, text: string): string {
  return keyPlaces(id, hash('sha256', `${role} ${text}`, 'base64url'));
}

/** On a hash tag of its own, because a service key acts for any customer. */
function ofKey(apiKeyId: string): Living {
  return { id: apiKeyId, sessionId: apiKeyId, kind: 'apiKey' };
}

/** What must be live besides an API key. */
function livingOf({ id, sessionId, apiKeyId, outside }: Caller): Living | undefined {
  if (outside !== undefined) return { id, sessionId, outside, kind: 'outside' };
  if (apiKeyId === undefined) return { id, sessionId };
  return sessionId === apiKeyId ? undefined : { id, sessionId, kind: 'customer' };
}
