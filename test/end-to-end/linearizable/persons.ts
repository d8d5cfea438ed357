import { call, type RunningSystem } from '#dev/testing';
import type { Person } from './client.ts';

const password = 'correct horse battery';

/** A customer who has just registered. */
export async function registered({ commandApi }: RunningSystem, email: string): Promise<Person> {
  const { body } = await call(`${commandApi.url}/auth/register`, {
    body: { email, password, name: 'Customer', phone: '0912345678' },
  });
  return { id: body.user.id, token: body.token, isStaff: false, keysUsed: 0 };
}

/** Somebody of the staff, who has just logged in. */
export async function staffOf(system: RunningSystem): Promise<Person> {
  const email = 'staff@example.com';
  const args = ['users', 'create', '--email', email, '--name', 's', '--role', 'staff', '--password-stdin'];
  await system.cli(args, password);
  const { body } = await call(`${system.commandApi.url}/auth/login`, { body: { email, password } });
  return { id: body.user.id, token: body.token, isStaff: true, keysUsed: 0 };
}
