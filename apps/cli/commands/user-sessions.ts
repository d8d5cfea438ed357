import { Command } from 'commander';
import { CommandFailed, isJson, print, table } from '../output.ts';
import { countOfSessions, theOneNamed, who } from './the-one-named.ts';
import { withPeople } from './with-people.ts';

export function userSessionsCommand(): Command {
  return new Command('sessions')
    .description('list the live sessions of a user, newest first')
    .argument('<user>', who)
    .action(listSessions);
}

export function endSessionsCommand(): Command {
  return new Command('end')
    .description('end all sessions of a user, or one of them; the user must log in again')
    .argument('<user>', who)
    .argument('[session]', 'end only the session with this id')
    .action(endSessions);
}

async function listSessions(name: string, _options: unknown, command: Command): Promise<void> {
  await withPeople(async ({ users, sessionList }) => {
    const { id: userId } = await theOneNamed(users, name);
    const rows = (await sessionList.of(userId)).map(({ id, createdAt, refreshedAt, expiresAt }) => ({
      id,
      createdAt: createdAt.toISOString(),
      refreshedAt: refreshedAt?.toISOString() ?? null,
      expiresAt: expiresAt.toISOString(),
    }));
    print(isJson(command), rows, rows.length === 0 ? 'No sessions.' : table(rows));
  });
}

async function endSessions(
  name: string,
  session: string | undefined,
  _options: unknown,
  command: Command,
): Promise<void> {
  await withPeople(async ({ users, sessions, security }) => {
    const { id } = await theOneNamed(users, name);
    const ended = session === undefined ? await sessions.endAll(id) : await sessions.endOne(id, session);
    if (session !== undefined && ended.length === 0) throw new CommandFailed(`${id} has no session ${session}`);
    for (const { id: sessionId, userId } of ended) {
      security.record('session.ended', { userId, sessionId, by: 'operator' });
    }
    print(isJson(command), { id, sessionsEnded: ended.length }, `Ended ${countOfSessions(ended.length)} of ${id}.`);
  });
}
