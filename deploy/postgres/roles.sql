-- The four roles of an installation. A superuser runs this with psql, connected to Holdfast's database: the PostgreSQL
-- image when it creates a new database, or an administrator. Running it again resets the passwords. `holdfast migrate`
-- creates the tables and grants the rights on them.
\set ON_ERROR_STOP on
\getenv migrate_password MIGRATE_DATABASE_PASSWORD
\getenv command_api_password COMMAND_API_DATABASE_PASSWORD
\getenv query_api_password QUERY_API_DATABASE_PASSWORD
\getenv projector_password PROJECTOR_DATABASE_PASSWORD

begin;

-- The statements contain passwords, and failed statements would be logged.
set local log_statement = 'none';
set local log_min_error_statement = 'panic';
set local log_min_duration_statement = -1;

select format('create role %I', name)
from unnest(array['holdfast_migrate', 'holdfast_command_api', 'holdfast_query_api', 'holdfast_projector']) name
where not exists (select from pg_roles where rolname = name) \gexec

alter role holdfast_migrate login password :'migrate_password';
alter role holdfast_command_api login password :'command_api_password';
alter role holdfast_query_api login password :'query_api_password';
alter role holdfast_projector login password :'projector_password';

select current_database() as database \gset

-- The owner of the database owns its schema, and so may create tables in it.
alter database :"database" owner to holdfast_migrate;
revoke all on database :"database" from public;
grant connect on database :"database" to holdfast_command_api, holdfast_query_api, holdfast_projector;

-- The projector creates a table for each generation of its read models, and temporary ones to verify them.
grant temporary on database :"database" to holdfast_projector;
grant create on schema public to holdfast_projector;
alter default privileges for role holdfast_projector in schema public
  grant select on tables to holdfast_migrate, holdfast_command_api, holdfast_query_api;

commit;
