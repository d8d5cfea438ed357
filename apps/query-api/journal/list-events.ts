import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  ItemQueries,
  JournalQueries,
  OrderQueries,
  type CountedPage,
  type JournalEvent,
  type JournalFilter,
  type Paging,
} from '#read-models';
import { Users } from '#people';

/** `subject` is the id of anything, or the number of an item or an order; `user` an id or a number. */
export interface WantedEvents extends Omit<JournalFilter, 'subjectIds' | 'userId'> {
  readonly subject?: string | undefined;
  readonly user?: string | undefined;
}

/** The events that all given conditions apply to, newest first. */
export class ListEvents extends Query<CountedPage<JournalEvent>> {
  constructor(
    readonly wanted: WantedEvents,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  constructor(
    private readonly journal: JournalQueries,
    private readonly items: ItemQueries,
    private readonly orders: OrderQueries,
    private readonly users: Users,
  ) {}

  async execute({ wanted: { subject, user, ...filter }, paging }: ListEvents): Promise<CountedPage<JournalEvent>> {
    const [subjectIds, userId] = await Promise.all([subject && this.#idsOf(subject), user && this.#userIdOf(user)]);
    return this.journal.page({ ...filter, subjectIds: subjectIds || undefined, userId: userId || undefined }, paging);
  }

  /** Digits are the number of an item, and as well the id of a slot, an inventory, a request or a transfer. */
  async #idsOf(subject: string): Promise<readonly string[]> {
    const [item, orderId] = await Promise.all([this.items.find(subject), this.orders.idOf(subject)]);
    return [subject, ...(item === undefined ? [] : [item.id]), ...(orderId === undefined ? [] : [orderId])];
  }

  async #userIdOf(user: string): Promise<string> {
    return (await this.users.idOf(user)) ?? user;
  }
}
