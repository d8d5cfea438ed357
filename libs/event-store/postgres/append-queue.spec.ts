import { until } from '#dev/testing';
import { newEvents } from '../contract/store-under-test.ts';
import { StoreUnavailable } from '../errors.ts';
import { sizeOf } from '../event-store.ts';
import { AppendQueue, type AppendQueueOptions } from './append-queue.ts';

/** Calls that the test answers itself, each naming the streams of its set. */
function queueOfStreams(options: Partial<AppendQueueOptions<string>> = {}) {
  const calls: { streams: string[]; answer: () => void; reject: (error: Error) => void }[] = [];
  const queue = new AppendQueue<string>({
    write: (requests) => {
      const { promise, resolve, reject } = Promise.withResolvers<string[]>();
      const streams = requests.map(({ stream }) => stream);
      calls.push({ streams, answer: () => resolve(streams.map((stream) => `${stream} done`)), reject: reject });
      return promise;
    },
    callsInFlightMax: 1,
    setBytesMax: 1_000_000,
    setRequestsMax: 10,
    requestsWaitingMax: 10,
    blamesOneRequest: () => false,
    ...options,
  });
  const append = (stream: string, events = newEvents(1)) => queue.append({ stream, expected: 'none', events });
  const nextCall = async () => {
    await until(() => calls.length > 0);
    return calls.shift();
  };
  const answerNext = async () => {
    const call = await nextCall();
    call?.answer();
    return call?.streams;
  };
  return { append, nextCall, answerNext };
}

describe('the queue of appends', () => {
  it('sends what comes together, one for each stream, and the rest in order behind', async () => {
    const { append, answerNext } = queueOfStreams();
    const done = Promise.all(['first', 'a', 'b', 'a', 'c', 'a'].map((stream) => append(stream)));
    expect(await answerNext()).toEqual(['first', 'a', 'b', 'c']);
    expect(await answerNext()).toEqual(['a']);
    expect(await answerNext()).toEqual(['a']);
    expect(await done).toEqual(['first done', 'a done', 'b done', 'a done', 'c done', 'a done']);
  });

  it('never lets a small append overtake a large one of its stream', async () => {
    const [small, large] = [newEvents(1), newEvents(20)];
    const setBytesMax = 20 * sizeOf(large[0] as (typeof large)[0]);
    const { append, answerNext } = queueOfStreams({ setBytesMax });
    const done = Promise.all([append('b', small), append('a', large), append('a', small)]);
    expect(await answerNext()).toEqual(['b']);
    expect(await answerNext()).toEqual(['a']);
    expect(await answerNext()).toEqual(['a']);
    await done;
  });

  it('bounds how many wait', async () => {
    const { append, answerNext } = queueOfStreams({ requestsWaitingMax: 1 });
    const done = append('a');
    await expect(append('b')).rejects.toThrow(StoreUnavailable);
    await answerNext();
    await done;
  });

  it('fails a whole set for an outage, and tries a set with a culprit one by one', async () => {
    const { append, nextCall, answerNext } = queueOfStreams({
      blamesOneRequest: (error) => String(error).includes('yours'),
    });
    const settled = Promise.allSettled(['a', 'b'].map((stream) => append(stream)));
    (await nextCall())?.reject(new Error('yours'));
    (await nextCall())?.reject(new Error('yours'));
    expect(await answerNext()).toEqual(['b']);
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    const outage = Promise.allSettled(['a', 'b'].map((stream) => append(stream)));
    (await nextCall())?.reject(new Error('outage'));
    expect((await outage).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
