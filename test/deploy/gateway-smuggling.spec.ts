import { startGateway as startLocalGateway } from '../../dev/local/gateway.ts';
import { describeGateway } from './nginx/describe-gateway.ts';
import { startGateway } from './nginx/start-gateway.ts';
import { againstProbes } from './smuggling/against-probes.ts';

const oneWorker = (text: string): string => text.replace('worker_processes auto', 'worker_processes 1');

describe('the local gateway gives one reading, and others their own answers, whatever comes before:', () => {
  againstProbes(
    async (service) => {
      const url = `http://127.0.0.1:${service}`;
      const gateway = await startLocalGateway({ port: 0 });
      gateway.connect({ 'command-api': [url], 'query-api': [url] });
      return { port: gateway.port, stop: () => gateway.close() };
    },
    ({ outcome }) => outcome,
  );
});

describeGateway('nginx gives one reading, and others their own answers, whatever comes before:', ({ nginx }) => {
  againstProbes(
    (service) => startGateway(nginx, { commandApis: [service], queryApis: [service], edit: oneWorker }),
    (probe) => probe.nginx ?? probe.outcome,
  );
});
