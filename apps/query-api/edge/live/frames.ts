import { hash } from 'node:crypto';

/** One event as the HTML standard has it. JSON has no line breaks. */
export function frame(data: string, { id, event }: { readonly id?: string | undefined; readonly event?: string } = {}) {
  return `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`;
}

/** Only tells how far the client has come: no event is dispatched for it. */
export function idFrame(id: string): string {
  return `id: ${id}\n\n`;
}

export const heartbeat = Buffer.from(':\n\n');

const retryMs = 2000;
const retrySpreadMs = 1000;

/** Clients of a process that stops come back spread over a second. */
export function retryFrame(): string {
  return `retry: ${retryMs + Math.floor(Math.random() * retrySpreadMs)}\n\n`;
}

/** Identifies the data of an event. */
export function digest(json: string): string {
  return hash('sha256', json, 'base64url').slice(0, 16);
}
