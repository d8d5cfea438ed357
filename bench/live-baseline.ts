import { createServer, type ServerResponse } from 'node:http';
import { itemName } from './projections/stock-trade.ts';

// What sending the same costs at least: a server that has everything in memory and does nothing else.
const followers = new Map<string, Set<ServerResponse>>();
const body = process.env['BENCH_BODY'] ?? '{}';

createServer((request, response) => {
  const path = request.url ?? '';
  if (path === '/health/ready') return void response.end();
  const [, subject = '', units] = path.split('/').slice(1);
  if (request.method === 'POST') {
    const event = `id: 1\ndata: ${body.replace(/"stock":\d+/, `"stock":${units ?? 0}`)}\n\n`;
    const bytes = Buffer.from(event);
    for (const follower of followers.get(subject) ?? []) follower.write(bytes);
    return void response.end();
  }
  if (path === '/memory') return void response.end(String(process.memoryUsage.rss()));
  const name = path.slice('/items/'.length);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`data: ${body.replace(itemName(0), name)}\n\n`);
  const same = followers.get(name) ?? new Set();
  followers.set(name, same.add(response));
}).listen(Number(process.env['HOLDFAST_PORT']), '127.0.0.1');
process.on('SIGTERM', () => process.exit());
