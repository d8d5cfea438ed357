/** The roles of deploy/postgres/roles.sql that services log in with. Each has only the rights granted here. */
export type ServiceRole = 'holdfast_command_api' | 'holdfast_query_api' | 'holdfast_projector';

/** The rights of each role, by table or sequence. */
export type Rights = Readonly<Record<string, Partial<Readonly<Record<ServiceRole, string>>>>>;

const read = 'select';
const profileColumns =
  'id, number, email, user_name, name, phone, address, role, created_at, updated_at, version, disabled_at, issuer, subject, outside_email';
const outsideUserColumns = 'id, name, role, issuer, subject, outside_email';
const sessionColumns = 'id, user_id, created_at, refreshed_at, expires_at';
const all = 'select, insert, update, delete';

/** The tables and sequences of DATABASE_URL. The projector owns the read models and grants others the right to read. */
export const databaseRights: Rights = {
  migrations: { holdfast_command_api: read, holdfast_query_api: read, holdfast_projector: read },
  // query-api reads no hashes of passwords and refresh tokens, and makes only users of outside issuers, who have no login.
  users: {
    holdfast_command_api: all,
    holdfast_query_api: `${readColumns(profileColumns)}, insert (${outsideUserColumns})`,
  },
  outside_identities: { holdfast_command_api: 'select, insert', holdfast_query_api: 'select, insert' },
  order_contacts: { holdfast_command_api: all, holdfast_query_api: read },
  sessions: { holdfast_command_api: all, holdfast_query_api: readColumns(sessionColumns) },
  ended_sessions: { holdfast_command_api: all, holdfast_query_api: read },
  // query-api identifies callers by the hash of their key, and notes when a key was used.
  api_keys: { holdfast_command_api: all, holdfast_query_api: `${read}, update (last_used_at)` },
  password_resets: { holdfast_command_api: all },
  login_attempts: { holdfast_command_api: all },
  known_networks: { holdfast_command_api: all },
  login_queues: { holdfast_command_api: all },
  numbers: { holdfast_command_api: 'select, insert' },
  // Skipping a number needs UPDATE, and reading the last one needs USAGE.
  numbers_item: { holdfast_command_api: 'usage, update' },
  numbers_slot: { holdfast_command_api: 'usage, update' },
  numbers_category: { holdfast_command_api: 'usage, update' },
  numbers_inventory: { holdfast_command_api: 'usage, update' },
  numbers_lend: { holdfast_command_api: 'usage, update' },
  numbers_request: { holdfast_command_api: 'usage, update' },
  numbers_acceptance: { holdfast_command_api: 'usage, update' },
  numbers_provide: { holdfast_command_api: 'usage, update' },
  numbers_transfer: { holdfast_command_api: 'usage, update' },
  order_numbers: { holdfast_command_api: 'select, insert' },
  order_number_days: { holdfast_command_api: 'select, insert, update' },
  unique_values: { holdfast_command_api: all },
  member_groups: { holdfast_command_api: 'select, insert, update' },
  group_members: { holdfast_command_api: all },
  lend_reservations: { holdfast_command_api: all },
  purchase_reservations: { holdfast_command_api: all },
  snapshots: { holdfast_command_api: 'select, insert, update' },
  projections: { holdfast_projector: all, holdfast_query_api: read },
  parked_streams: {
    holdfast_projector: all,
    holdfast_query_api: read,
    holdfast_command_api: 'select, update (action)',
  },
  // command-api requests and cancels: PostgreSQL locks the open run that a second request answers with.
  projection_runs: {
    holdfast_projector: all,
    holdfast_query_api: read,
    holdfast_command_api: 'select, insert, update (requested_by, state, ended_at)',
  },
  projection_standings: { holdfast_projector: all, holdfast_query_api: read },
  // Each service reports on itself.
  service_reports: { holdfast_command_api: all, holdfast_query_api: all, holdfast_projector: all },
  feeds: { holdfast_projector: all },
  feed_late_streams: { holdfast_projector: all },
  event_store_head: { holdfast_projector: all, holdfast_query_api: read },
  webhooks: { holdfast_command_api: all, holdfast_query_api: read, holdfast_projector: 'select, update, delete' },
  // The projector signs with them; query-api never shows them.
  webhook_secrets: { holdfast_command_api: all, holdfast_projector: read },
  webhook_deliveries: {
    holdfast_command_api: 'select, update',
    holdfast_query_api: read,
    holdfast_projector: all,
  },
  webhook_queues: { holdfast_command_api: 'select, insert, update', holdfast_projector: all },
  // One command-api at a time expires due holds or marks lends overdue, and takes a lease for each.
  projection_leases: { holdfast_projector: all, holdfast_command_api: all },
};

/** The tables of EVENTSTORE_URL, where that is PostgreSQL. */
export const eventStoreRights: Rights = {
  event_store: { holdfast_command_api: read, holdfast_projector: read },
  events: { holdfast_command_api: 'select, insert', holdfast_projector: read },
};

function readColumns(columns: string): string {
  return `select (${columns})`;
}
