/** The store could not be reached or did not serve the call; nothing was written. A later retry is safe. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/**
 * The connection was lost or timed out during an append, which may have been written or may still be. Only the
 * identical call, repeated until it is answered, resolves this.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** The append was answered, so it is not in doubt, although the events it conflicts with could not be read. */
export function outcomeUnread(error: unknown): never {
  if (!(error instanceof StoreUnavailable)) throw error;
  throw new OutcomeUnknown('the append was answered, but the events it conflicts with could not be read', {
    cause: error,
  });
}

/** A position, checkpoint or token of another store, or an invalid one. */
export class ForeignPosition extends Error {
  override readonly name = 'ForeignPosition';
  constructor(position: string, store: string) {
    super(`${JSON.stringify(position)} is not a position of the event store ${store}`);
  }
}

/** The store ends before a position that it issued earlier: it was restored from a backup, or failed over. */
export class StoreWentBackwards extends Error {
  override readonly name = 'StoreWentBackwards';
  constructor(position: string, head: string | undefined) {
    super(`the event store ends at ${head ?? 'nothing'}, before the position ${position} that it issued earlier`);
  }
}

/** An append that exceeds the size limit of the store; retrying is pointless. */
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
