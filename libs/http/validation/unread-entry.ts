/** An entry of a list that has not been parsed yet. */
export class UnreadEntry {
  readonly text: string;
  readonly #parse: (text: string) => unknown;

  constructor(text: string, parse: (text: string) => unknown) {
    this.text = text;
    this.#parse = parse;
  }

  /** Throws what the parser throws for invalid JSON. */
  read(): unknown {
    return this.#parse(this.text);
  }
}
