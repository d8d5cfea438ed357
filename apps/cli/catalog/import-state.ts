import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { CommandFailed } from '../output.ts';

/** How far an import has come. */
export interface ImportState {
  /** Makes the keys of the batches, so that those of another run of the same file are others. */
  readonly run: string;
  readonly batches: number;
  /** A hash of the batches that are done: they are left out only if the file still begins with them. */
  readonly hash: string;
  readonly failed: number;
}

/** Beside the file, until all of it is imported. Standard input has none. */
export class ImportStateFile {
  readonly #path: string | undefined;

  constructor(file: string) {
    this.#path = file === '-' ? undefined : `${file}.import-state`;
  }

  begin(): ImportState {
    return { run: randomUUID(), batches: 0, hash: '', failed: 0 };
  }

  async resume(): Promise<ImportState> {
    if (this.#path === undefined) throw new CommandFailed('an import of standard input cannot be resumed');
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new CommandFailed(`there is nothing to resume: ${this.#path} does not exist`);
    });
    return JSON.parse(text) as ImportState;
  }

  /** In one step, so that a run that is killed leaves a whole state. */
  async keep(state: ImportState): Promise<void> {
    if (this.#path === undefined) return;
    const next = `${this.#path}.next`;
    await writeFile(next, JSON.stringify(state));
    await rename(next, this.#path);
  }

  async remove(): Promise<void> {
    if (this.#path !== undefined) await rm(this.#path, { force: true });
  }
}
