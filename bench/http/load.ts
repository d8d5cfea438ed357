import { oneOf, runClients, type ClientsTask, type LoadAnswer } from './clients.ts';

export interface LoadTask extends ClientsTask {
  /** Paths for POST requests, chosen at random; a hold is confirmed immediately. */
  readonly paths: readonly string[];
  readonly confirms: boolean;
}

export async function load(task: LoadTask): Promise<LoadAnswer> {
  return runClients(task, async (send) => {
    const { status, body } = await send({ method: 'POST', path: oneOf(task.paths) });
    if (!task.confirms || status !== 201) return;
    await send({ method: 'POST', path: `/holds/${(JSON.parse(body) as { id: string }).id}/confirm` });
  });
}
