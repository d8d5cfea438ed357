import { ownError } from './errors.ts';

export interface StreamEvent {
  readonly type: string;
  readonly data: string;
  readonly id: string | undefined;
}

/** More than any list that is sent whole. */
const eventCharsMax = 16_777_216;

/** Reads the lines of server-sent events, in pieces of any size. */
export class EventReader {
  #rest = '';
  #type = '';
  #data: string[] = [];
  #size = 0;
  #endedByCr = false;
  /** Of the last event that had one. */
  id: string | undefined;
  retryMs: number | undefined;

  /** Returns the events that the piece completes. */
  read(piece: string): StreamEvent[] {
    const text = this.#endedByCr && piece.startsWith('\n') ? piece.slice(1) : piece;
    if (piece !== '') this.#endedByCr = piece.endsWith('\r');
    this.#size += text.length;
    if (this.#size > eventCharsMax) throw ownError('ANSWER_UNREADABLE', 200, new RangeError('an event is too long'));
    const lines = text.split(/\r\n|\n|\r/);
    lines[0] = this.#rest + lines[0];
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => (line === '' ? this.#complete() : this.#field(line)));
  }

  #field(line: string): [] {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#type = value;
    else if (name === 'id' && !value.includes('\0')) this.id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
    return [];
  }

  #complete(): StreamEvent[] {
    const event = { type: this.#type, data: this.#data.join('\n'), id: this.id };
    const isEmpty = this.#data.length === 0;
    [this.#type, this.#data, this.#size] = ['', [], this.#rest.length];
    return isEmpty ? [] : [event];
  }
}
