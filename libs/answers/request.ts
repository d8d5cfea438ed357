import { ApiProperty } from '@nestjs/swagger';
import { requestKinds, type Acceptance, type RequestFacts, type RequestKind, type RequestStatus } from '#domain';

const shownStatuses = {
  open: 'Not Completed',
  completed: 'Completed',
  cancelled: 'Cancelled',
} as const satisfies Record<RequestStatus, string>;

export type ShownRequestStatus = (typeof shownStatuses)[RequestStatus];
export const shownRequestStatuses = Object.values(shownStatuses);

export function requestStatusOf(shown: ShownRequestStatus): RequestStatus | undefined {
  return (Object.keys(shownStatuses) as RequestStatus[]).find((status) => shownStatuses[status] === shown);
}

export class RequestItemAnswer {
  @ApiProperty({ description: 'Number of the item', example: 5 })
  item_id!: number;

  @ApiProperty({ example: 30 })
  required_qty!: number;

  @ApiProperty({ description: 'What was accepted of it; it may be more than is required', example: 20 })
  current_qty!: number;
}

export class RequestAnswer {
  @ApiProperty({ example: 10 })
  request_id!: number;

  @ApiProperty({ description: 'Number of the user who needs it', example: 1 })
  requester_id!: number;

  @ApiProperty({ enum: requestKinds, example: 'Material' })
  type!: RequestKind;

  @ApiProperty({ enum: shownRequestStatuses, example: 'Not Completed' })
  status!: ShownRequestStatus;

  @ApiProperty({ description: 'Of items, the sum', example: 50 })
  required_qty!: number;

  @ApiProperty({ description: 'What was accepted, not counting what was withdrawn', example: 35 })
  current_qty!: number;

  @ApiProperty({ type: [RequestItemAnswer], description: 'Empty for Humanpower' })
  items!: RequestItemAnswer[];

  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty({ type: String, nullable: true })
  place!: string | null;

  @ApiProperty({ type: String, nullable: true })
  when!: string | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ description: 'Number of acceptances, not counting those that were withdrawn', example: 1 })
  acceptance_count!: number;

  @ApiProperty()
  created_at!: string;

  @ApiProperty()
  updated_at!: string;
}

export class AccepterAnswer {
  @ApiProperty({ description: 'Number of the acceptance', example: 7 })
  id!: number;

  @ApiProperty({ example: 10 })
  request_id!: number;

  @ApiProperty({ description: 'Number of the user who accepted', example: 3 })
  accepter_id!: number;

  @ApiProperty()
  created_at!: string;
}

export class AcceptedAnswer {
  @ApiProperty({ type: AccepterAnswer })
  accepter!: AccepterAnswer;

  @ApiProperty({ type: RequestAnswer, description: 'The request after the acceptance' })
  request!: RequestAnswer;

  @ApiProperty({ description: 'What was accepted now; of items, the sum', example: 35 })
  qtyAccepted!: number;
}

export class AcceptedItemAnswer {
  @ApiProperty({ description: 'Number of the item', example: 5 })
  item_id!: number;

  @ApiProperty({ example: 20 })
  qty!: number;
}

export class AcceptanceAnswer extends AccepterAnswer {
  @ApiProperty({ description: 'Of items, the sum', example: 35 })
  qty!: number;

  @ApiProperty({ type: [AcceptedItemAnswer], description: 'Empty for Humanpower' })
  items!: AcceptedItemAnswer[];
}

export function requestAnswer(request: RequestFacts): Pick<RequestAnswer, keyof RequestAnswer> {
  const { title, place, when, note } = request;
  return {
    request_id: request.requestId,
    requester_id: request.requesterNumber,
    type: request.kind,
    status: shownStatuses[request.status],
    required_qty: request.requiredQty,
    current_qty: request.currentQty,
    items: request.items.map(({ itemNumber, requiredQty, currentQty }) => ({
      item_id: itemNumber,
      required_qty: requiredQty,
      current_qty: currentQty,
    })),
    title,
    place,
    when,
    note,
    acceptance_count: request.acceptanceCount,
    created_at: new Date(request.createdAt).toISOString(),
    updated_at: new Date(request.updatedAt).toISOString(),
  };
}

export function acceptedAnswer(request: RequestFacts, acceptance: Acceptance): AcceptedAnswer {
  return {
    accepter: accepterAnswer(request.requestId, acceptance),
    request: requestAnswer(request),
    qtyAccepted: acceptance.qty,
  };
}

export function acceptanceAnswer(requestId: number, acceptance: Acceptance): AcceptanceAnswer {
  return {
    ...accepterAnswer(requestId, acceptance),
    qty: acceptance.qty,
    items: acceptance.items.map(({ itemNumber, qty }) => ({ item_id: itemNumber, qty })),
  };
}

type AccepterFacts = Pick<AccepterAnswer, keyof AccepterAnswer>;

function accepterAnswer(requestId: number, { acceptanceId, accepterNumber, acceptedAt }: Acceptance): AccepterFacts {
  return {
    id: acceptanceId,
    request_id: requestId,
    accepter_id: accepterNumber,
    created_at: new Date(acceptedAt).toISOString(),
  };
}
