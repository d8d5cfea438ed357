import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Command, InvalidArgumentError, Option } from 'commander';
import { forgetKeysOf } from '#http/forget-keys';
import { emailFault, passwordFault, passwordLengthMax, passwordLengthMin } from '#people';
import { canLogIn, PasswordPolicy, type Role, type User } from '#people';
import { normalized, type Config } from '#platform';
import { CommandFailed, isJson, print, table } from '../output.ts';
import { countOfSessions, userUnknown, theOneNamed, who } from './the-one-named.ts';
import { endSessionsCommand, userSessionsCommand } from './user-sessions.ts';
import { withPeople } from './with-people.ts';

interface CreateOptions {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly ifAbsent?: true;
}

const listedMax = 10_000;

export function usersCommand(): Command {
  const create = new Command('create')
    .description('create a user')
    .requiredOption('--email <address>', 'e-mail address for login', emailAddress)
    .requiredOption('--name <name>', 'display name')
    .addOption(roleOption('customer'))
    .requiredOption('--password-stdin', 'read the password from standard input')
    .option('--if-absent', 'succeed without changes if the address is already registered')
    .action(createUser);
  const promote = new Command('promote')
    .description('change the role of a user; ends all their sessions and API keys')
    .argument('<user>', who)
    .addOption(roleOption('staff'))
    .action(changeRole);
  const setPassword = new Command('set-password')
    .description('set the password of a user; ends all their sessions')
    .argument('<user>', who)
    .requiredOption('--password-stdin', 'read the password from standard input')
    .action(setPasswordOf);
  const disable = new Command('disable')
    .description('keep a user from logging in; ends all their sessions and API keys')
    .argument('<user>', who)
    .action(disableUser);
  const enable = new Command('enable')
    .description('let a disabled user log in again')
    .argument('<user>', who)
    .action(enableUser);
  const list = new Command('list')
    .description('list users in order of their number')
    .option('--after <number>', 'start after this number', wholeNumber, 0)
    .option('--limit <count>', 'maximum number of users', wholeNumber, 100)
    .action(listUsers);
  const erase = new Command('erase')
    .description('delete all personal data of a user; events keep only the id')
    .argument('<user>', who)
    .option('--yes', 'do not ask for confirmation')
    .action(eraseUser);
  const users = new Command('users').description('manage users and their sessions');
  const sessions = [userSessionsCommand(), endSessionsCommand()];
  for (const command of [create, promote, setPassword, disable, enable, list, ...sessions, erase])
    users.addCommand(command);
  return users;
}

function roleOption(unlessGiven: Role): Option {
  return new Option('--role <role>', 'role of the user').choices(['customer', 'staff']).default(unlessGiven);
}

async function createUser({ email, name, role, ifAbsent }: CreateOptions, command: Command): Promise<void> {
  const password = await passwordFromInput();
  await withPeople(async ({ config, users, security }) => {
    await rejectCommon(password, { email, name }, config);
    const created = await users.create({ email, name, role, password });
    const user = created.outcome === 'created' ? created.user : undefined;
    if (user === undefined && ifAbsent !== true) throw new CommandFailed(`the address ${email} is already registered`);
    if (user !== undefined) security.record('role.given', { userId: user.id, role });
    const said = user === undefined ? `${email} is already registered.` : `Created ${role} ${email} as ${user.id}.`;
    print(isJson(command), { email, id: user?.id ?? null }, said);
  });
}

async function passwordFromInput(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (passwordFault(password) === undefined) return password;
  throw new CommandFailed(
    `the password must have ${passwordLengthMin} to ${passwordLengthMax} characters, not only spaces and no NUL; ` +
      'it is read from standard input',
  );
}

async function rejectCommon(password: string, names: Parameters<PasswordPolicy['rejects']>[1], config: Config) {
  if (!(await new PasswordPolicy(config).rejects(password, names))) return;
  throw new CommandFailed(
    'the password is too common, or is the user’s own name or address: choose another, or set ' +
      'HOLDFAST_COMMON_PASSWORDS=allow',
  );
}

async function setPasswordOf(name: string, _options: unknown, command: Command): Promise<void> {
  const password = await passwordFromInput();
  await withPeople(async ({ config, users, accounts, security }) => {
    const user = await theOneNamed(users, name);
    if (!canLogIn(user))
      throw new CommandFailed(
        `${user.id} is the user of an API key or of ${user.issuer ?? 'an outside issuer'}, and has no login`,
      );
    await rejectCommon(password, user, config);
    const ended = await accounts.setPassword(user.id, password);
    if (ended === undefined) throw userUnknown(name);
    const { id } = user;
    security.record('password.set', { userId: id, by: 'operator' });
    print(isJson(command), { id, sessionsEnded: ended }, `Set the password of ${id}; ended ${countOfSessions(ended)}.`);
  });
}

async function disableUser(name: string, _options: unknown, command: Command): Promise<void> {
  await withPeople(async ({ users, accounts, security }) => {
    const { id } = await theOneNamed(users, name);
    const ended = await accounts.disable(id);
    if (ended === undefined) throw userUnknown(name);
    security.record('user.disabled', { userId: id, by: 'operator' });
    print(
      isJson(command),
      { id, disabled: true, sessionsEnded: ended },
      `Disabled ${id}; ended ${countOfSessions(ended)}.`,
    );
  });
}

async function enableUser(name: string, _options: unknown, command: Command): Promise<void> {
  await withPeople(async ({ users, accounts, security }) => {
    const { id } = await theOneNamed(users, name);
    if (!(await accounts.enable(id))) throw userUnknown(name);
    security.record('user.enabled', { userId: id, by: 'operator' });
    print(isJson(command), { id, disabled: false }, `Enabled ${id}.`);
  });
}

async function changeRole(name: string, { role }: { role: Role }, command: Command): Promise<void> {
  await withPeople(async ({ users, accounts, security }) => {
    const { id, issuer } = await theOneNamed(users, name);
    if (issuer !== null)
      throw new CommandFailed(`${id} has the role that the tokens of ${issuer} say: see HOLDFAST_ISSUERS`);
    const ended = await accounts.changeRole(id, role);
    if (ended === undefined) throw userUnknown(name);
    security.record('role.given', { userId: id, role });
    print(
      isJson(command),
      { id, role, sessionsEnded: ended },
      `${id} is now ${role}; ended ${countOfSessions(ended)}.`,
    );
  });
}

async function listUsers({ after, limit }: { after: number; limit: number }, command: Command): Promise<void> {
  await withPeople(async ({ users }) => {
    const found = await users.list(after, Math.min(limit, listedMax));
    const rows = found.map(({ number, id, email, userName, name, role, createdAt, disabledAt, issuer, subject }) => ({
      number,
      id,
      email,
      userName,
      name,
      role,
      createdAt: createdAt.toISOString(),
      disabledAt: disabledAt?.toISOString() ?? null,
      issuer,
      subject,
    }));
    print(isJson(command), rows, rows.length === 0 ? 'No users.' : table(rows));
  });
}

async function eraseUser(name: string, { yes }: { yes?: true }, command: Command): Promise<void> {
  await withPeople(async ({ users, accounts, redis, security }) => {
    const user = await theOneNamed(users, name);
    if (yes !== true && !(await confirmed(user))) throw new CommandFailed('nothing was erased');
    if (!(await accounts.erase(user.id))) throw userUnknown(name);
    security.record('user.erased', { userId: user.id });
    const forgotten = await forgetKeysOf(redis, user.id).then(
      () => true,
      () => false,
    );
    const rest = forgotten ? '' : ' Redis is unavailable: stored answers expire with their Idempotency-Keys.';
    print(isJson(command), { id: user.id, erased: true, answersForgotten: forgotten }, `Erased ${user.id}.${rest}`);
  });
}

/** Without a terminal, --yes is required. */
async function confirmed({ id, email, userName, subject, name }: User): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CommandFailed('not a terminal; pass --yes to erase without confirmation');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      `Erase ${name} (${email ?? userName ?? subject}, ${id}) permanently? Type yes to confirm:  `,
    );
    return answer.trim() === 'yes';
  } finally {
    terminal.close();
  }
}

// Normalised as in a registration, and without invisible characters.
function emailAddress(given: string): string {
  const address = normalized('NFC', given);
  if (emailFault(address) === undefined) return address;
  throw new InvalidArgumentError('Not an e-mail address.');
}

function wholeNumber(given: string): number {
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('Not a whole number.');
}
