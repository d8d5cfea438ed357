import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHttpService, problem } from '#http';
import type { Caller } from '#people';
import { Tokens } from '#people/tokens';
import { createLogger, createMetrics, Health, readConfig, type Config } from '#platform';
import type { Servers } from '../harness/contender.ts';

/**
 * The same server as command-api: its parser, its log and metrics, its envelope, its check of tokens and of bodies. What
 * a controller does is another's way, or nothing at all.
 */
export class RivalService {
  readonly servers: Servers;
  readonly #config: Config;
  readonly #tokens: Tokens;

  constructor() {
    const config = readConfig(process.env, { port: 8089 });
    this.#config = config;
    this.#tokens = new Tokens(config.tokenSecret, config.accessTokenTtlSeconds);
    this.servers = { postgres: config.databaseUrl, redis: config.redisUrl, volatileRedis: '', eventStore: undefined };
  }

  callerOf({ headers }: FastifyRequest): Caller {
    const caller = this.#tokens.verify(headers.authorization?.slice('Bearer '.length) ?? '');
    if (caller === undefined) throw problem('TOKEN_INVALID');
    return caller;
  }

  async serve(name: string, controller: Type, close: () => Promise<void>): Promise<void> {
    const config = this.#config;
    const health = new Health();
    const app = await createHttpService({
      name,
      module: { module: RivalModule, controllers: [controller] },
      config,
      log: createLogger(name, config),
      metrics: createMetrics(name),
      health,
      translate: () => undefined,
    });
    await app.listen(config.port, config.host);
    health.phase = 'ready';
    process.on('SIGTERM', () => {
      void app
        .close()
        .then(close)
        .then(() => process.exit());
    });
  }
}

class RivalModule {}

/** Removes settings of the benchmark from the environment, where a service rejects what it does not know. */
export function takeSetting(name: `BENCH_${string}`, byDefault: string): string {
  const value = process.env[name];
  delete process.env[name];
  return value ?? byDefault;
}
