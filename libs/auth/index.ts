export { authMigrations } from './migrations.ts';
export { Tokens, type Caller } from './tokens.ts';
export { Users, type NewUser, type Role, type User } from './users.ts';
