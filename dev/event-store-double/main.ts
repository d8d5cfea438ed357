import { parseArgs } from 'node:util';
import { WireDouble } from './wire-double.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '2113' } } });
const double = await WireDouble.start({ port: Number(values.port) });
console.log(`A double of EventStoreDB for tests and demonstrations at ${double.url}`);
console.log('It keeps everything in memory; all data is lost when it exits. Do not use it in production.');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void double.stop());
