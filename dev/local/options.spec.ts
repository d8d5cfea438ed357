import { optionsOf, UsageError } from './options.ts';

describe('the command line of npm start', () => {
  it('has defaults', () => {
    expect(optionsOf([])).toMatchObject({ port: 8080, fresh: false, demo: false });
  });

  it('is read', () => {
    const options = optionsOf(['--port', '9000', '--demo', '--event-store', 'esdb://localhost:2113']);
    expect(options).toMatchObject({ port: 9000, demo: true, eventStore: 'esdb://localhost:2113' });
  });

  it('takes what the gateway lets through from the environment', () => {
    expect(optionsOf([], {})).toMatchObject({ operations: 'status' });
    expect(optionsOf([], { GATEWAY_OPERATIONS: 'details' })).toMatchObject({ operations: 'details' });
    expect(() => optionsOf([], { GATEWAY_OPERATIONS: 'all' })).toThrow(UsageError);
  });

  it.each([['--prot', '1'], ['--port', 'http'], ['--port', '70000'], ['--port'], ['stray']])(
    'is rejected when it says %s %s',
    (...args) => {
      expect(() => optionsOf(args)).toThrow(UsageError);
    },
  );
});
