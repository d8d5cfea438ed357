import { answer } from './projections/answer.ts';
import { drive } from './projections/http-drive.ts';

// The clients, in a process of their own: the server's CPU is not theirs.
await answer(drive);
