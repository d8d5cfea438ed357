export { WireDouble } from './wire-double.ts';
