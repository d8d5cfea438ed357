import { optionsOf, rejectTakenByNpm, UsageError } from './options.ts';

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

  it.each([
    ['--prot', '1'],
    ['--port', 'http'],
    ['--port', '70000'],
    ['--port'],
    ['stray'],
    ['--command-apis', '0'],
    ['--command-apis', '9'],
  ])('is rejected when it says %s %s', (...args) => {
    expect(() => optionsOf(args)).toThrow(UsageError);
  });

  it.each([
    [['18190'], { npm_config_port: 'true' }, 'npm start -- --port 18190'],
    [[], { npm_config_port: '18190' }, 'npm start -- --port 18190'],
    [[], { npm_config_fresh: 'true' }, 'npm start -- --fresh'],
    [[], { npm_config_event_store: 'esdb://x' }, 'npm start -- --event-store esdb://x'],
  ])('is explained when npm took a part of it: %j %j', (args, env, meant) => {
    expect(() => rejectTakenByNpm(args, env)).toThrow(`Put -- before it: ${meant}`);
    expect(() => rejectTakenByNpm([], { npm_config_cache: '/x' })).not.toThrow();
  });
});
