import { styleText } from 'node:util';
import type { Command } from 'commander';

/** A CLI command failed; the message says why, and what to do. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** JSON with --json, else human-readable text. Colours only on a terminal. */
export function print(json: boolean, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text);
}

export function heading(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}

export function isJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: true }>().json === true;
}

/** Human-readable columns, each as wide as its longest value. */
export function table(rows: readonly object[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const columns = Object.keys(first);
  const cells = rows.map((row) => columns.map((column) => cellOf((row as Record<string, unknown>)[column])));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [heading(line(columns)), ...cells.map(line)].join('\n');
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
