import { localStack } from './local-stack.ts';

const timeoutMs = 3000;

export interface ServiceState {
  readonly service: string;
  readonly address: string;
  /** What its readiness says, or `unreachable`. */
  readonly state: string;
  readonly degraded: readonly string[];
}

/** The services on the ports that they have by default. */
const defaults = {
  'command-api': 'http://127.0.0.1:8081',
  'query-api': 'http://127.0.0.1:8082',
  projector: 'http://127.0.0.1:8083',
};

/** Those at the given addresses, else those of the local stack, else those at their default addresses. */
export async function serviceStates(given: readonly string[] | undefined): Promise<readonly ServiceState[]> {
  const stack = localStack();
  const known = stack === undefined ? defaults : { ...stack.services, gateway: stack.gateway };
  const asked = given?.map((address): [string, string] => [new URL(address).hostname, address]);
  return Promise.all((asked ?? Object.entries(known)).map(async ([name, address]) => stateOf(name, address)));
}

async function stateOf(service: string, address: string): Promise<ServiceState> {
  try {
    const answer = await fetch(new URL('/health/ready', address), { signal: AbortSignal.timeout(timeoutMs) });
    const { status, degraded = [] } = (await answer.json()) as { status: string; degraded?: string[] };
    return { service, address, state: status, degraded };
  } catch {
    return { service, address, state: 'unreachable', degraded: [] };
  }
}
