export interface Page<Answer, Row> {
  readonly answer: Answer;
  readonly rows: readonly Row[];
  /** `cursor` of the next page. */
  readonly next: string | null | undefined;
}

/** A list: awaited, it is the answer with its first page; iterated, it is all rows, whose pages are read when they are needed. */
export class Listing<Answer, Row> implements PromiseLike<Answer>, AsyncIterable<Row> {
  readonly #read: (cursor?: string) => Promise<Page<Answer, Row>>;
  #first: Promise<Page<Answer, Row>> | undefined;

  constructor(read: (cursor?: string) => Promise<Page<Answer, Row>>) {
    this.#read = read;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- `await` is how its first page is asked for
  then<Done = Answer, Failed = never>(
    onDone?: ((answer: Answer) => Done | PromiseLike<Done>) | null,
    onFailed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.#firstPage()
      .then(({ answer }) => answer)
      .then(onDone, onFailed);
  }

  catch<Failed = never>(
    onFailed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Answer | Failed> {
    return this.then(undefined, onFailed);
  }

  finally(onSettled?: (() => void) | null): Promise<Answer> {
    return this.then(undefined).finally(onSettled);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for (let page = await this.#firstPage(); ;) {
      yield* page.rows;
      const { next } = page;
      if (next === null || next === undefined) return;
      page = await this.#read(next);
    }
  }

  #firstPage(): Promise<Page<Answer, Row>> {
    this.#first ??= this.#read();
    return this.#first;
  }
}
