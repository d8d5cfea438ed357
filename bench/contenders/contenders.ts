import type { OpenContender } from '../harness/contender.ts';

export interface ContenderFacts {
  readonly title: string;
  /** Whether to try pools of different sizes. */
  readonly pooled: boolean;
  /** Whether it caches state in memory, and so stays open between repeats, as in production. */
  readonly keepsState: boolean;
  /** Loaded only in the process of the contender, so that its memory is measured alone. */
  readonly load: () => Promise<OpenContender>;
}

export const contenders = {
  holdfast: {
    title: 'Holdfast',
    pooled: false,
    keepsState: true,
    load: async () => (await import('./holdfast.ts')).openHoldfast,
  },
  a: {
    title: '(a) Redis lock, SQL later',
    pooled: true,
    keepsState: false,
    load: async () => (await import('../baselines/redis-lock.ts')).openRedisLock,
  },
  b: {
    title: '(b) SELECT … FOR UPDATE',
    pooled: true,
    keepsState: false,
    load: async () => (await import('../baselines/select-for-update.ts')).openSelectForUpdate,
  },
  c: {
    title: '(c) UPDATE … WHERE stock >= n',
    pooled: true,
    keepsState: false,
    load: async () => (await import('../baselines/conditional-update.ts')).openConditionalUpdate,
  },
  d: {
    title: '(d) event sourcing, state cached',
    pooled: true,
    keepsState: true,
    load: async () => (await import('../baselines/cached-state.ts')).openCachedState,
  },
  e: {
    title: '(e) Emmett',
    pooled: true,
    keepsState: false,
    load: async () => {
      // Imported by URL: a separate package, which need not be installed to check types.
      const url = new URL('../baselines/emmett/emmett.ts', import.meta.url).href;
      return ((await import(url)) as { openEmmett: OpenContender }).openEmmett;
    },
  },
  f: {
    title: '(f) batched UPDATE, no events',
    pooled: true,
    keepsState: false,
    load: async () => (await import('../baselines/batched-update.ts')).openBatchedUpdate,
  },
  g: {
    title: '(g) Redis Lua, not durable',
    pooled: true,
    keepsState: true,
    load: async () => (await import('../baselines/redis-lua.ts')).openRedisLua,
  },
} as const satisfies Record<string, ContenderFacts>;

export type ContenderKey = keyof typeof contenders;
export const contenderKeys = Object.keys(contenders) as ContenderKey[];
