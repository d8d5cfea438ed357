import { defineConfig } from 'rolldown';

const services = ['command-api', 'query-api', 'projector', 'cli'];
/** For scripts/openapi.js. */
const documents = ['command-api/api-document', 'query-api/api-document'];

/** Makes of the services, and of the packages they use, a few files each in dist/apps. */
export default defineConfig({
  input: Object.fromEntries(
    [...services.map((name) => `${name}/main`), ...documents].map((entry) => [entry, `apps/${entry}.ts`]),
  ),
  platform: 'node',
  tsconfig: 'tsconfig.base.json',
  resolve: { conditionNames: ['source', 'node'] },
  external: [
    // Nest and its packages use them if they are installed; they are not.
    /^@nestjs\/(microservices|websockets|platform-express)/,
    /^@fastify\/(view|multipart)/,
    'class-transformer/storage',
    'pg-native',
    // They read files of their own folders: a binary, a worker, modules that no bundler finds.
    '@node-rs/argon2',
    'pino',
    'pino-pretty',
    'jsonc-parser',
    // Large, and loaded only where EventStoreDB is the event store.
    /^(@eventstore|@grpc|google-protobuf)\//,
  ],
  output: {
    dir: 'dist/apps',
    cleanDir: true,
    chunkFileNames: 'shared/[name]-[hash].js',
    // Commands, events and errors are known by the names of their classes.
    keepNames: true,
    sourcemap: true,
  },
});
