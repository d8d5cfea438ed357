import { styleText } from 'node:util';

/** A command that could not do what it was asked; its message says why, and what to do. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** For programs with --json, else for people. Colours only where there is somebody to see them. */
export function print(json: boolean, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text);
}

export function heading(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}
