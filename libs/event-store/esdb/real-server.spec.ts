import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { TcpProxy } from '#dev/servers';
import { describeEventStore } from '../event-store.contract.ts';
import type { StoreTimeouts } from '../timeouts.ts';
import { EventStoreDbStore } from './index.ts';

const { EVENTSTORE_TEST_URL: given } = process.env;

/** The same server by way of a line that can be cut. Plain text alone: a certificate would not fit the line's address. */
async function throughLine(url: string): Promise<{ line: TcpProxy; url: string }> {
  const [, host = '', port = '2113'] = /^esdb:\/\/([^:/?,@]+)(?::(\d+))?\/?\?(?:.*&)?tls=false/.exec(url) ?? [];
  if (host === '') throw new Error('EVENTSTORE_TEST_URL must name one node in plain text: esdb://host:2113?tls=false');
  const line = await TcpProxy.to(Number(port), host);
  return { line, url: `esdb://127.0.0.1:${line.port}?tls=false` };
}

async function openRealServer(url: string): Promise<StoreUnderTest> {
  const through = await throughLine(url);
  const another = (timeouts?: StoreTimeouts) => EventStoreDbStore.connect(through.url, timeouts);
  const store = await another();
  const close = async () => {
    await store.close();
    await through.line.close();
  };
  return { store, line: through.line, another, close, recognisesIds: 'where they first came' };
}

describe('the real server to test against', () => {
  it.each(['esdb://one?tls=true', 'esdb+discover://one?tls=false', 'esdb://one:1,two:2?tls=false', 'http://one'])(
    'cannot be %s, whose line could not be cut',
    async (url) => {
      await expect(throughLine(url)).rejects.toThrow('must name one node in plain text');
    },
  );
});

if (given !== undefined) describeEventStore('a real EventStoreDB', () => openRealServer(given));
