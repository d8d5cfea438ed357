import { loadLending } from './lending/load.ts';
import { answer } from './projections/answer.ts';

// The clients, in a process of their own: the server's CPU is not theirs.
await answer(loadLending);
