import type { Context } from './context.ts';
import { holdfast } from './holdfast-cli.ts';
import type { Secrets } from './secrets.ts';
import { say, step } from './terminal.ts';

export interface Login {
  email: string;
  password: string;
}

export interface Logins {
  staff: Login;
  customer: Login;
}

const timeoutMs = 10_000;

/** Ensures that the two demo users can log in; a login attempt is faster than running the CLI. */
export async function demoUsers(context: Context, env: NodeJS.ProcessEnv, commandApi: string, secrets: Secrets) {
  const logins: Logins = {
    staff: { email: 'staff@holdfast.local', password: secrets.staffPassword },
    customer: { email: 'customer@holdfast.local', password: secrets.customerPassword },
  };
  if (await bothCanLogIn(commandApi, logins)) return logins;
  await step('Demo users', async () => {
    await Promise.all([
      create(context, env, 'staff', 'Demo Staff', logins.staff),
      create(context, env, 'customer', 'Demo Customer', logins.customer),
    ]);
    if (!(await bothCanLogIn(commandApi, logins))) say('  ! The passwords of the demo users have been changed.');
  });
  return logins;
}

async function create(
  context: Context,
  env: NodeJS.ProcessEnv,
  role: keyof Logins,
  name: string,
  { email, password }: Login,
): Promise<void> {
  const user = ['--email', email, '--name', name, '--role', role];
  await holdfast(context, env, ['users', 'create', ...user, '--password-stdin', '--if-absent'], `${password}\n`);
}

async function bothCanLogIn(commandApi: string, { staff, customer }: Logins): Promise<boolean> {
  const answers = await Promise.all([staff, customer].map(async (login) => logIn(commandApi, login)));
  return answers.every((token) => token !== undefined);
}

/** Returns a token, or `undefined` if the login fails. */
export async function logIn(api: string, login: Login): Promise<string | undefined> {
  const answer = await fetch(`${api}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body: unknown = await answer.json();
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  return typeof token === 'string' ? token : undefined;
}
