/** Why an endpoint is disabled: by staff, by a receiver that answered 410, or after days without a success. */
export const disabledReasons = ['staff', 'gone', 'failing'] as const;

/** An endpoint that events are delivered to, without its secrets. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Types, or `*` for all. */
  readonly events: readonly string[];
  readonly description: string;
  readonly disabledBecause: (typeof disabledReasons)[number] | null;
  readonly disabledAt: Date | null;
  /** Time of the first failure since the last success; null while it works. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Whether it can be the id of a row: PostgreSQL's text has no NUL, with which a query would fail. */
export function canBeStored(id: string): boolean {
  return !id.includes('\0');
}

export const webhookColumns = `id, url, events, description, disabled_because as "disabledBecause",
  disabled_at as "disabledAt", failing_since as "failingSince", created_at as "createdAt", updated_at as "updatedAt"`;

export interface Delivery {
  /** In the order of the events. */
  readonly number: number;
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
  readonly status: DeliveryStatus;
  /** The latest, oldest first. */
  readonly attempts: readonly Attempt[];
  /** When the event was recorded. */
  readonly createdAt: Date;
}

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export interface Attempt {
  /** ISO 8601. */
  readonly at: string;
  /** Null if the receiver did not answer. */
  readonly status: number | null;
  readonly error: string | null;
  readonly ms: number;
}

export const deliveryColumns =
  'number, event_id as "eventId", type, subject, status, attempts, created_at as "createdAt"';
