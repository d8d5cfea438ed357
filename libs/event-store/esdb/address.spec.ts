import { parseAddress } from './address.ts';

describe('the URL of an EventStoreDB', () => {
  it('names one node, or several of whom the leader is found', () => {
    expect(parseAddress('esdb://one?tls=false')).toMatchObject({
      seeds: [{ address: 'one', port: 2113 }],
      discovers: false,
    });
    const several = parseAddress('esdb://one:1,two:2?tls=false');
    expect(several.seeds.map(({ port }) => port)).toEqual([1, 2]);
    expect(several.discovers).toBe(true);
    expect(parseAddress('esdb+discover://cluster').discovers).toBe(true);
  });

  it('carries a user, who is sent in secret alone', () => {
    const header = (url: string) => parseAddress(url).headers.get('authorization')[0];
    expect(header('esdb://user:p%40ss@one')).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    expect(header('esdb://user:pass@one?tls=false')).toBeUndefined();
    expect(header('esdb://one')).toBeUndefined();
  });

  it('asks each node for the leader', () => {
    expect(parseAddress('esdb://one').headers.get('requires-leader')).toEqual(['true']);
  });

  it('sets how a dead connection is found out', () => {
    const options = (query: string) => parseAddress(`esdb://one?tls=false${query}`).channelOptions;
    expect(options('')['grpc.keepalive_time_ms']).toBe(2000);
    expect(options('&keepAliveInterval=20000')['grpc.keepalive_time_ms']).toBe(20_000);
    expect(options('&keepAliveInterval=-1')['grpc.keepalive_time_ms']).toBe(Number.MAX_VALUE);
  });

  it('may say what is so anyhow', () => {
    const url = 'esdb://one?tls=true&tlsVerifyCert=true&nodePreference=Leader';
    expect(parseAddress(url).seeds).toEqual([{ address: 'one', port: 2113 }]);
  });

  it.each(['tlsVerifyCert=false', 'nodePreference=follower', 'defaultDeadline', 'tlsCaFil'])(
    'is rejected with %s, which would have no effect, and without its password',
    (option) => {
      const url = `esdb://user:secret@one?tls=true&${option.includes('=') ? option : `${option}=5`}`;
      const parsed = (): unknown => parseAddress(url);
      expect(parsed).toThrow(
        `the URL of the event store has ${option}, which has no effect: remove it; supported options: tls,`,
      );
      expect(parsed).not.toThrow('secret');
    },
  );

  it('is rejected with a file that cannot be read, by its name', () => {
    expect(() => parseAddress('esdb://one?tls=true&tlsCAFile=/no/such.pem')).toThrow(
      'the file /no/such.pem, named by tlsCAFile in the URL of the event store, cannot be read',
    );
  });
});
