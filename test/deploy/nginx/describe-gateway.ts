import { findNginx, type Nginx } from './find-nginx.ts';
import { startGateway, type Gateway, type GatewayOptions } from './start-gateway.ts';
import { Upstream, type Answer } from './upstream.ts';

type Between = Omit<Partial<GatewayOptions>, 'commandApis' | 'queryApis'> & {
  readonly commandApis?: readonly Upstream[];
  readonly queryApis?: readonly Upstream[];
};

/** Starts what a test needs; all of it stops after the test. */
export interface Bench {
  readonly nginx: Nginx;
  readonly upstream: (name: string, answer?: Answer) => Promise<Upstream>;
  /** Between the given services; one that is not given answers with its name. */
  readonly gateway: (between: Between) => Promise<Gateway>;
}

const found = await findNginx();

/** Tests that need a real nginx: where none can be had they are skipped, and say so. */
export function describeGateway(title: string, tests: (bench: Bench) => void): void {
  if ('missing' in found) {
    // Not console.warn: of a file without any test that ran, Jest shows nothing.
    process.stderr.write(`\nSKIPPED, so nobody has tried it: ${title}. ${found.missing}\n\n`);
    describe.skip(title, () => tests(benchOf({ command: 'nginx', env: {}, version: '' }, [])));
    return;
  }
  describe(title, () => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const stop of stops.splice(0).toReversed()) await stop();
    });
    tests(benchOf(found, stops));
  });
}

function benchOf(nginx: Nginx, stops: (() => Promise<void>)[]): Bench {
  const upstream = async (name: string, answer?: Answer): Promise<Upstream> => {
    const started = await Upstream.start(name, answer);
    stops.push(() => started.stop());
    return started;
  };
  const portsOf = async (name: string, given: readonly Upstream[] = []): Promise<number[]> =>
    (given.length > 0 ? given : [await upstream(name)]).map(({ port }) => port);
  const gateway = async ({ commandApis, queryApis, ...rest }: Between): Promise<Gateway> => {
    const between = {
      commandApis: await portsOf('command-api', commandApis),
      queryApis: await portsOf('query-api', queryApis),
    };
    const started = await startGateway(nginx, { ...between, ...rest });
    stops.push(() => started.stop());
    return started;
  };
  return { nginx, upstream, gateway };
}
