// Follows the feed and writes a line for each event. Run it with
//   REDIS_URL=redis://… node docs/examples/feed-worker.mjs
import { readFile, rename, writeFile } from 'node:fs/promises';
import { Redis } from 'ioredis';

const feed = 'holdfast:feed';
const group = process.env.FEED_GROUP ?? 'example';
const stateFile = process.env.FEED_STATE ?? `${group}.state`;
const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
const stopping = new AbortController();

/** Does the work. It may be called again with an event whose work was done just before the worker was killed. */
async function handle({ id, type, subject, timestamp, data }) {
  process.stdout.write(`${JSON.stringify({ id, type, subject, timestamp, data })}\n`);
}

/** The id of the last entry that was handled. It is kept outside of Redis, so that it is there when Redis is emptied. */
async function lastHandled() {
  return readFile(stateFile, 'utf8').catch(() => '0');
}

async function remember(entryId) {
  await writeFile(`${stateFile}.new`, entryId);
  await rename(`${stateFile}.new`, stateFile);
}

/** The group goes on after the last entry that was handled. */
async function ensureGroup() {
  await redis.xgroup('CREATE', feed, group, await lastHandled(), 'MKSTREAM').catch((error) => {
    if (!error.message.startsWith('BUSYGROUP')) throw error;
  });
}

async function follow() {
  await ensureGroup();
  // First what was delivered before the last stop and not acknowledged, then what is new.
  let from = '0';
  while (!stopping.signal.aborted) {
    const answer = await redis.xreadgroup('GROUP', group, 'worker', 'COUNT', 100, 'BLOCK', 1000, 'STREAMS', feed, from);
    const entries = answer?.[0]?.[1] ?? [];
    if (entries.length === 0) from = '>';
    for (const [entryId, fields] of entries) {
      // An entry that was removed from the feed since it was delivered has no fields.
      if (fields !== null) await handle(eventOf(fields));
      await remember(entryId);
      await redis.xack(feed, group, entryId);
    }
  }
}

function eventOf(fields) {
  const pairs = fields.flatMap((name, index) => (index % 2 === 0 ? [[name, fields[index + 1]]] : []));
  const event = Object.fromEntries(pairs);
  return { ...event, data: JSON.parse(event.data) };
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());
while (!stopping.signal.aborted) {
  try {
    await follow();
  } catch (error) {
    // The feed was emptied, and the group with it, or Redis is away.
    console.error(error.message);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
redis.disconnect();
