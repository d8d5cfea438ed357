import 'reflect-metadata';
import { Controller, Get, Header } from '@nestjs/common';
import { createHttpService } from '#http';
import { createLogger, createMetrics, Health, readConfig } from '#platform';

// The same server as query-api, but for its guards, its questions and its reads: a handler that has the answer ready.
const body = process.env['BENCH_BODY'] ?? '';
delete process.env['BENCH_BODY'];

@Controller('bare')
class Bare {
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  answer(): string {
    return body;
  }
}

class BareModule {}

const config = readConfig(process.env, { port: 8089 });
const health = new Health();
const app = await createHttpService({
  name: 'bare',
  module: { module: BareModule, controllers: [Bare] },
  config,
  log: createLogger('bare', config),
  metrics: createMetrics('bare'),
  health,
  translate: () => undefined,
});
await app.listen(config.port, config.host);
health.phase = 'ready';
process.on('SIGTERM', () => void app.close().then(() => process.exit()));
