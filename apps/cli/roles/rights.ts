/** The roles of deploy/postgres/roles.sql that services log in with. What is not granted to one, it may not do. */
export type ServiceRole = 'holdfast_command_api' | 'holdfast_query_api' | 'holdfast_projector';

/** What each role may do, by table or sequence. */
export type Rights = Readonly<Record<string, Partial<Readonly<Record<ServiceRole, string>>>>>;

const read = 'select';
const all = 'select, insert, update, delete';

/** The tables and sequences of DATABASE_URL. Read models are the projector's own, which lets the others read them. */
export const databaseRights: Rights = {
  migrations: { holdfast_command_api: read, holdfast_query_api: read, holdfast_projector: read },
  users: { holdfast_command_api: all, holdfast_query_api: read },
  sessions: { holdfast_command_api: all, holdfast_query_api: read },
  ended_sessions: { holdfast_command_api: all, holdfast_query_api: read },
  login_attempts: { holdfast_command_api: all },
  known_networks: { holdfast_command_api: all },
  login_queues: { holdfast_command_api: all },
  numbers: { holdfast_command_api: 'select, insert' },
  // To pass over a number is an update, and to see which was the last is a usage.
  numbers_item: { holdfast_command_api: 'usage, update' },
  numbers_slot: { holdfast_command_api: 'usage, update' },
  snapshots: { holdfast_command_api: 'select, insert, update' },
  projections: { holdfast_projector: all, holdfast_query_api: read },
  parked_streams: { holdfast_projector: all, holdfast_query_api: read },
  projection_standings: { holdfast_projector: all, holdfast_query_api: read },
  // To end holds that are due is a work that one command-api has at a time.
  projection_leases: { holdfast_projector: all, holdfast_command_api: all },
};

/** The tables of EVENTSTORE_URL, where that is PostgreSQL. */
export const eventStoreRights: Rights = {
  event_store: { holdfast_command_api: read, holdfast_projector: read },
  events: { holdfast_command_api: 'select, insert', holdfast_projector: read },
};
