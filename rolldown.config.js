import { defineConfig } from 'rolldown';

const services = ['command-api', 'query-api', 'projector', 'cli'];
/** For scripts/openapi.js. */
const documents = ['command-api/api-document', 'query-api/api-document'];

/**
 * Nest's `IntersectionType` and the like load class-validator and class-transformer in a way that a bundler does not see.
 * The build would have two of each, and what a field was declared to be with one would be unknown to the other.
 */
const mappedTypes = {
  name: 'mapped-types',
  transform: {
    filter: { id: /@nestjs\/mapped-types\/dist\/type-helpers\.utils\.js$/ },
    handler(code) {
      const unseen = 'const require = createRequire(import.meta.url);';
      if (!code.includes(unseen))
        this.error('@nestjs/mapped-types no longer has what this replaces; see whether it is needed.');
      // As long as before, so that the source map is still right.
      return { code: code.replace(unseen, ' '.repeat(unseen.length)), map: null };
    },
  },
};

/** Makes of the services, and of the packages they use, a few files each in dist/apps. */
export default defineConfig({
  input: Object.fromEntries(
    [...services.map((name) => `${name}/main`), ...documents].map((entry) => [entry, `apps/${entry}.ts`]),
  ),
  platform: 'node',
  tsconfig: 'tsconfig.base.json',
  resolve: { conditionNames: ['source', 'node'] },
  plugins: [mappedTypes],
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
