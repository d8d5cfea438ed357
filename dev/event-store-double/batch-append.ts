import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { failedAppend, succeededAppend, type AppendAnswer } from './append-answers.ts';
import type { Expected } from './check-write.ts';
import type { ProposedEvent } from './event-log.ts';
import { bytesOf, expectedOf, nameOf, proposedEvent, streamMessage, uuidMessage } from './messages.ts';
import { unavailability } from './rejections.ts';
import { appendBytesMax, type ServerState } from './server-state.ts';

interface PendingAppend {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ProposedEvent[];
  readonly expiry: NodeJS.Timeout;
}

/** The batch call: many appends, answered in any order. */
export class BatchAppends {
  readonly #call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly #state: ServerState;
  readonly #pending = new Map<string, PendingAppend>();

  constructor(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>, state: ServerState) {
    this.#call = call;
    this.#state = state;
    call.on('data', (request: BatchAppendReq) => this.#take(request));
    call.on('end', () => call.end());
    call.on('error', () => undefined);
    call.on('close', () => this.#forget());
    call.on('cancelled', () => this.#forget());
  }

  #forget(): void {
    for (const { expiry } of this.#pending.values()) clearTimeout(expiry);
    this.#pending.clear();
  }

  #take(request: BatchAppendReq): void {
    const id = request.getCorrelationId()?.getString() ?? '';
    try {
      const options = request.getOptions();
      if (options !== undefined) this.#begin(id, options);
      const pending = this.#pending.get(id);
      if (pending === undefined) return;
      pending.events.push(...request.getProposedMessagesList().map(proposedEvent));
      const bytes = pending.events.reduce((sum, event) => sum + bytesOf(event), 0);
      if (bytes > appendBytesMax) {
        this.#drop(id);
        this.#answer(id, pending.stream, failedAppend('MaximumAppendSizeExceeded'));
      } else if (request.getIsFinal()) this.#write(id, pending);
    } catch (error) {
      // An append in progress is not cancelled: its deadline passes, and it is then answered a second time.
      this.#answer(id, nameOf(request.getOptions()?.getStreamIdentifier()), failedAppend('BadRequest', String(error)));
    }
  }

  #begin(id: string, options: BatchAppendReq.Options): void {
    const stream = nameOf(options.getStreamIdentifier());
    const deadlineMs = (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now();
    if (deadlineMs <= 0) return this.#answer(id, stream, failedAppend('Timeout'));
    const expiry = setTimeout(
      () => this.#drop(id) && this.#answer(id, stream, failedAppend('Timeout')),
      Math.min(deadlineMs, this.#state.writeTimeoutMs),
    );
    this.#pending.set(id, { stream, expected: expectedOf(options, options.getStreamPosition()), events: [], expiry });
  }

  #drop(id: string): boolean {
    clearTimeout(this.#pending.get(id)?.expiry);
    return this.#pending.delete(id);
  }

  #write(id: string, { stream, expected, events }: PendingAppend): void {
    const { faults, log } = this.#state;
    const elsewhere = unavailability(faults, this.#call.metadata);
    if (elsewhere?.details === 'Leader info available') return void this.#call.emit('error', elsewhere);
    if (stream === '') throw new Error('eventStreamId should not be empty.');
    this.#drop(id);
    if (elsewhere !== undefined) return this.#answer(id, stream, failedAppend(elsewhere.details ?? ''));
    if (faults.rejectsAppendsWith !== undefined)
      return this.#answer(id, stream, failedAppend(faults.rejectsAppendsWith));
    const cut = faults.cuts.shift();
    if (cut === 'before the commit') return this.#state.cutLine();
    const result = log.write(stream, expected, events);
    if (cut === 'after the commit') return this.#state.cutLine();
    const answer = succeededAppend(result, stream, expected, faults.omitsPositions);
    faults.hold(() => this.#answer(id, stream, answer));
  }

  #answer(id: string, stream: string, fill: AppendAnswer): void {
    const answer = new streams.BatchAppendResp();
    answer.setCorrelationId(uuidMessage(id));
    answer.setStreamIdentifier(streamMessage(stream));
    fill(answer);
    this.#call.write(answer);
    if (this.#state.faults.answersTwice) setImmediate(() => this.#call.write(answer));
  }
}
