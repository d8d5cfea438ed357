import 'reflect-metadata';
import { Controller, Get, Query } from '@nestjs/common';
import { createHttpService } from '#http';
import { createLogger, createMetrics, createPool, Health, readConfig } from '#platform';

// The same server as query-api, but for its guards: a plain table, searched with ILIKE.
const table = process.env['BENCH_TABLE'] ?? '';
delete process.env['BENCH_TABLE'];

const countedMax = 10_001;
const pageSize = 20;
// A search of the whole table takes longer than a service waits.
const timeouts = { connectMs: 3000, answerMs: 600_000 };

const config = readConfig(process.env, { port: 8089 });
const log = createLogger('plain', config);
const pool = createPool({ url: config.databaseUrl, connectionsMax: 10, name: 'plain', log, timeouts });

@Controller('products')
class Plain {
  @Get()
  async search(@Query('search') text: string): Promise<object> {
    const pattern = `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
    const [{ rows: counted }, { rows: products }] = await Promise.all([
      pool.query<{ total: number }>(
        `select count(*) as total from (select from ${table} where text ilike $1 limit ${countedMax}) found`,
        [pattern],
      ),
      pool.query(
        `select id, number, name, price, description, images, thumbnail, category_id, sku, tags, featured, created_at
         from ${table} where text ilike $1 order by number desc limit ${pageSize}`,
        [pattern],
      ),
    ]);
    return { products, total: counted[0]?.total };
  }
}

class PlainModule {}

const health = new Health();
const app = await createHttpService({
  name: 'plain',
  module: { module: PlainModule, controllers: [Plain] },
  config,
  log,
  metrics: createMetrics('plain'),
  health,
  translate: () => undefined,
  timeoutMs: timeouts.answerMs,
});
await app.listen(config.port, config.host);
health.phase = 'ready';
process.on('SIGTERM', () => void app.close().then(() => process.exit()));
