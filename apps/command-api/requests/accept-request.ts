import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Numbers } from '#commands';
import { isRejected, reject } from '#domain';
import type {
  AcceptRequest as Accept,
  KnownRequest,
  Offer,
  Rejected,
  RequestAccepted,
  RequestRejection,
} from '#domain';
import { done, rejectField, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { ActingUsers, type NotActing } from '../people/acting-users.ts';
import { wrongSum, type ItemUnknown, type QuantityRejection, type WantedItem } from './needs.ts';
import { Requests } from './requests.ts';

type OfferRejection = RequestRejection | ItemUnknown | QuantityRejection;
type Outcome = UseCaseOutcome<RequestAccepted, OfferRejection | NotActing | KeyReused>;

export interface WantedAcceptance {
  /** Number of the request. */
  readonly request: string;
  /** Id or number of the accepter; by default the caller. */
  readonly accepter?: string | undefined;
  readonly items?: readonly WantedItem[] | undefined;
  readonly qty?: number | undefined;
}

/** Accepts to give items or people that a request asks for, or more of them. */
export class AcceptRequest extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly wanted: WantedAcceptance,
  ) {
    super();
  }
}

@CommandHandler(AcceptRequest)
export class AcceptRequestHandler implements ICommandHandler<AcceptRequest> {
  constructor(
    private readonly requests: Requests,
    private readonly items: Items,
    private readonly actingUsers: ActingUsers,
    private readonly numbers: Numbers,
  ) {}

  async execute({ context, wanted }: AcceptRequest): Promise<Outcome> {
    const request = await this.requests.find(wanted.request);
    if (isRejected(request)) return request;
    const accepter = await this.actingUsers.of(wanted.accepter, context);
    if (isRejected(accepter)) return accepter;
    const offer = await this.#offerOf(wanted, request);
    if (isRejected(offer)) return offer;
    const { requestId } = request;
    const stream = this.requests.of(requestId);
    const by = { accepterId: accepter.id, accepterNumber: accepter.number };
    const command = { type: 'AcceptRequest', ...by, offer } satisfies Omit<Accept, 'acceptanceId'>;
    // It is no retry of one that was recorded: then it needs no number to be rejected.
    const rejected = context.isRepeatable ? undefined : await stream.likelyRejectionOf({ ...command, acceptanceId: 0 });
    if (rejected !== undefined) return rejected;
    const acceptanceId = await this.numbers.assign('acceptance', context.commandId, String(requestId));
    const accepted = await stream.record('RequestAccepted', { ...command, acceptanceId }, context);
    if (isRejected(accepted)) return accepted;
    const { event, write } = accepted;
    // The key was used for another acceptance: Redis had lost the fingerprint of the key.
    const isSame = event.acceptance.accepterId === accepter.id && event.acceptance.qty === sumOf(offer);
    return isSame ? done(event, write) : reject({ code: 'KEY_REUSED' });
  }

  /** What the domain rejects is passed on as it is. */
  async #offerOf(
    { items = [], qty }: WantedAcceptance,
    request: KnownRequest,
  ): Promise<Offer | Rejected<OfferRejection>> {
    if (request.kind === 'Humanpower') {
      if (items.length > 0) return rejectField('items', 'notWith', { other: `type ${request.kind}` });
      return qty === undefined ? reject({ code: 'REQUEST_QTY_MISSING' }) : { qty };
    }
    const sum = items.length === 0 ? undefined : wrongSum('qty', qty, items);
    if (sum !== undefined) return sum;
    const named: { itemId: string; qty: number }[] = [];
    for (const item of await Promise.all(items.map((each) => this.#itemOf(each, request)))) {
      if (isRejected(item)) return item;
      named.push(item);
    }
    return { items: named };
  }

  /** Ids and numbers of what is requested are known; only what is not requested is looked up. */
  async #itemOf({ id, qty }: WantedItem, { items }: KnownRequest) {
    const requested = items.find(({ itemId, itemNumber }) => itemId === id || String(itemNumber) === id);
    if (requested !== undefined) return { itemId: requested.itemId, qty };
    const found = await this.items.find(id);
    return isRejected(found) ? reject({ code: 'ITEM_UNKNOWN', itemId: id }) : { itemId: found.id, qty };
  }
}

function sumOf(offer: Offer): number {
  return 'qty' in offer ? offer.qty : offer.items.reduce((sum, { qty }) => sum + qty, 0);
}
