// A receiver of Holdfast's webhooks in plain Node: WEBHOOK_SECRET=whsec_… PORT=9000 node webhook-receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace('whsec_', ''), 'base64');
const toleranceSeconds = 300;
const bodyBytesMax = 1_048_576;
/** The ids of the latest events. A receiver whose work must not be done twice keeps them where it keeps the work. */
const seen = new Set();
const seenMax = 10_000;

/** Whether Holdfast sent these bytes, and lately: `body` is the request body as it arrived, not parsed. */
function isGenuine(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds)) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  // Several while a secret is rotated.
  return signatures.split(' ').some((one) => {
    const [version, signature = ''] = one.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What the event means to you. Should it throw, Holdfast sends the event again later. */
async function handle({ type, data }) {
  console.log(`${type} ${data.id}`);
}

async function answer(request, response) {
  try {
    const body = await bodyOf(request);
    if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
    const id = request.headers['webhook-id'];
    if (!seen.has(id)) {
      await handle(JSON.parse(body));
      seen.add(id);
      if (seen.size > seenMax) seen.delete(seen.values().next().value);
    }
    // Within 15 seconds: what takes longer belongs into a queue of your own.
    return response.writeHead(204).end();
  } catch (error) {
    console.error(error.message);
    return response.writeHead(500).end();
  }
}

const server = createServer((request, response) => void answer(request, response));
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
