import type { Migration, Pool } from '#platform';
import { Reservations, type Reservation } from './reservations.ts';

export const groupMemberMigrations: readonly Migration[] = [
  {
    name: 'commands-7-group-members',
    sql: `
      create table member_groups (
        kind text not null,
        id text collate "C" not null,
        closed boolean not null default false,
        primary key (kind, id),
        unique (kind, id, closed)
      );
      create table group_members (
        kind text not null,
        value text collate "C" not null,
        owner text collate "C" not null,
        attempt uuid not null,
        record_by bigint not null,
        -- The record_by of the attempt that this one replaced.
        earlier bigint,
        -- A row refers to its group as one that is not closed, so that the group cannot be closed while it does.
        closed boolean not null default false check (not closed),
        constraint group_members_key primary key (kind, value, owner),
        constraint group_members_open foreign key (kind, value, closed) references member_groups (kind, id, closed)
      )`,
  },
];

const foreignKeyViolation = '23503';

/**
 * Which owners belong to a group that must not end while they do, such as the items in a category. The foreign key
 * decides between a member that joins and a group that closes. A closed group keeps its row: a repeated request to
 * create its category does not open it again.
 */
export class GroupMembers extends Reservations {
  constructor(pool: Pool, reservedMs?: number) {
    super(pool, 'group_members', reservedMs);
  }

  /** From now on the group takes members, unless it was closed. */
  async open(kind: string, group: string): Promise<void> {
    await this.pool.query('insert into member_groups (kind, id) values ($1, $2) on conflict do nothing', [kind, group]);
  }

  /** Undefined when the group is closed. */
  override async reserve(kind: string, group: string, owner: string): Promise<Reservation | undefined> {
    try {
      return await super.reserve(kind, group, owner);
    } catch (error) {
      if (isForeignKeyViolation(error)) return undefined;
      throw error;
    }
  }

  /** From now on the group takes no members; false while it has some. */
  async close(kind: string, group: string): Promise<boolean> {
    try {
      await this.pool.query(
        `insert into member_groups (kind, id, closed) values ($1, $2, true)
         on conflict (kind, id) do update set closed = true`,
        [kind, group],
      );
      return true;
    } catch (error) {
      if (isForeignKeyViolation(error)) return false;
      throw error;
    }
  }
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === foreignKeyViolation;
}
