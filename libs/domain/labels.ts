/** What clients note with what they take, for their own use: it is kept as it is, and decides nothing. */
export interface Labels {
  readonly reference?: string;
  readonly metadata?: Metadata;
}

/** Texts by name. */
export type Metadata = Readonly<Record<string, string>>;

interface Given {
  readonly reference?: string | null | undefined;
  readonly metadata?: Metadata | null | undefined;
}

/** Undefined if there are none: then an event does not have the field at all. */
export function labelsOf({ reference, metadata }: Given): Labels | undefined {
  const isReferred = reference !== undefined && reference !== null;
  const isNoted = metadata !== undefined && metadata !== null && Object.keys(metadata).length > 0;
  if (!isReferred && !isNoted) return undefined;
  return { ...(isReferred ? { reference } : {}), ...(isNoted ? { metadata } : {}) };
}

/** The field of an event, a command or a claim, unless there are no labels. */
export function labelled({ labels }: { readonly labels?: Labels | undefined }): { readonly labels?: Labels } {
  return labels === undefined ? none : { labels };
}

const none: { readonly labels?: Labels } = {};

export function isSameLabels(one: Labels | undefined, other: Labels | undefined): boolean {
  if (one?.reference !== other?.reference) return false;
  const [first, second] = [Object.entries(one?.metadata ?? {}), new Map(Object.entries(other?.metadata ?? {}))];
  return first.length === second.size && first.every(([key, value]) => second.get(key) === value);
}

/** What the metadata takes, about as long as its JSON, in UTF-16 units. */
export function metadataLength({ labels }: { readonly labels?: Labels | undefined }): number {
  if (labels?.metadata === undefined) return 0;
  const entries = Object.entries(labels.metadata);
  return entries.reduce((sum, [key, value]) => sum + key.length + value.length + aroundEntry, 0);
}

const aroundEntry = '"":"",'.length;
