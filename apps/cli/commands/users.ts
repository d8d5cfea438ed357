import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { Users, type Role } from '#auth';
import { createPool, readConfig } from '#platform';
import { CommandFailed, isJson, print } from '../output.ts';

interface CreateOptions {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly ifAbsent?: true;
}

const passwordLengthMin = 8;

export function usersCommand(): Command {
  const create = new Command('create')
    .description('create a user')
    .requiredOption('--email <address>', 'e-mail address to log in with')
    .requiredOption('--name <name>', 'name to show')
    .addOption(new Option('--role <role>', 'what the user may do').choices(['customer', 'staff']).default('customer'))
    .requiredOption('--password-stdin', 'read the password from standard input')
    .option('--if-absent', 'do nothing if the address is taken')
    .action(createUser);
  return new Command('users').description('the people who may log in').addCommand(create);
}

async function createUser({ email, name, role, ifAbsent }: CreateOptions, command: Command): Promise<void> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password.length < passwordLengthMin) {
    throw new CommandFailed(
      `the password must have at least ${passwordLengthMin} characters; it is read from standard input`,
    );
  }
  const pool = createPool({ url: readConfig(process.env).databaseUrl, connectionsMax: 1, name: 'holdfast-users' });
  try {
    const user = await new Users(pool).create({ email, name, role, password });
    if (user === undefined && ifAbsent !== true) throw new CommandFailed(`somebody has the address ${email} already`);
    const said = user === undefined ? `${email} is there already.` : `Created ${role} ${email} as ${user.id}.`;
    print(isJson(command), { email, id: user?.id ?? null }, said);
  } finally {
    await pool.end();
  }
}
