/** The store could not be reached, or would not serve; nothing was written. Trying again later is safe. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/**
 * The connection was lost or the time ran out while an append was under way: it may have been written, or may still be.
 * Only the identical call, sent again until it answers, tells.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** Of an append that the store has answered: not to have read what it met does not undo it. */
export function outcomeUnread(error: unknown): never {
  if (!(error instanceof StoreUnavailable)) throw error;
  throw new OutcomeUnknown('the append was answered, but the events it conflicts with could not be read', {
    cause: error,
  });
}

/** A position, checkpoint or token that another store made, or nobody did. */
export class ForeignPosition extends Error {
  override readonly name = 'ForeignPosition';
  constructor(position: string, store: string) {
    super(`${JSON.stringify(position)} is not a position of the event store ${store}`);
  }
}

/** The store ends before a position that it once gave out: it was restored from a backup, or failed over. */
export class StoreWentBackwards extends Error {
  override readonly name = 'StoreWentBackwards';
  constructor(position: string, head: string | undefined) {
    super(`the event store ends at ${head ?? 'nothing'}, before the position ${position} that it issued earlier`);
  }
}

/** One append that the store would never take, however often it is sent. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  constructor(bytes: number, bytesMax: number) {
    super(`an append of ${bytes} bytes exceeds the limit of ${bytesMax} bytes`);
  }
}

export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
  constructor(type: string, stream: string, revision: number) {
    super(
      `${stream} has an event of unknown type ${type} at revision ${revision}: this release is older than the event`,
    );
  }
}
