import { call, type RunningSystem } from '#dev/testing';

const email = 'staff@example.com';
const password = 'correct horse battery';

/** The token of somebody who may do everything, just made. */
export async function staffToken(system: RunningSystem): Promise<string> {
  const made = await system.cli(
    ['users', 'create', '--email', email, '--name', 's', '--role', 'staff', '--password-stdin'],
    password,
  );
  if (made.exitCode !== 0) throw new Error(made.stderr);
  const { body } = await call(`${system.commandApi.url}/auth/login`, { body: { email, password } });
  return body.token as string;
}
