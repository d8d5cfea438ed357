import { createServer, type IncomingMessage } from 'node:http';
import { Receipts } from './webhooks/receipts.ts';

// All endpoints, in a process of their own: each path is one. It answers at once, so that what is measured is the sender.
const receipts = new Receipts();

const server = createServer((request, response) => {
  if (request.url === '/health/ready') response.end();
  else if (request.url === '/receipts') response.end(JSON.stringify(receipts.take()));
  else void receive(request).then(() => response.writeHead(204).end());
}).listen(Number(process.env['HOLDFAST_PORT']), '127.0.0.1');
process.on('SIGTERM', () => (server.close(), server.closeAllConnections()));

async function receive(request: IncomingMessage): Promise<void> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) body += chunk;
  receipts.note(request.url ?? '', String(request.headers['webhook-id']), body);
}
