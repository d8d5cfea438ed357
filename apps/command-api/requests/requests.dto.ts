import { requestItemsMax, requestKinds, unitsMax } from '#domain';
import { Id, Integer, ListOf, Text } from '#http';

const typeMax = 100;
const titleMax = 200;
const placeMax = 500;
const whenMax = 200;
const noteMax = 2000;
const permanent = 'It is stored permanently; do not include personal data';
const summed = '1 to 100 items, for Material and Tool; quantities of the same item are added';

export class RequestItemDto {
  @Id({ description: 'Id or number of an item', example: 5 })
  item_id!: string;

  @Integer({ min: 1, max: unitsMax, example: 20 })
  qty!: number;
}

const items = { optional: true, min: 0, max: requestItemsMax, example: [{ item_id: 5, qty: 20 }] } as const;

export class MakeRequestDto {
  @Text({ max: typeMax, description: requestKinds.join(', '), example: 'Material' })
  type!: string;

  @Id({ optional: true, description: 'Id or number of the requester: the caller, or for staff anybody' })
  requester_id?: string;

  @Integer({
    optional: true,
    min: 1,
    max: unitsMax,
    description: 'The number of people, for Humanpower; of items it is the sum, and can be left out',
  })
  required_qty?: number;

  @Integer({ optional: true, min: 1, max: unitsMax, description: 'Another name of `required_qty`' })
  qty?: number;

  @ListOf(RequestItemDto, { ...items, description: summed })
  items?: RequestItemDto[];

  @Text({ optional: true, nullable: true, max: titleMax, description: permanent })
  title?: string | null;

  @Text({ optional: true, nullable: true, max: placeMax, description: permanent })
  place?: string | null;

  @Text({ optional: true, nullable: true, max: whenMax, description: `In any words. ${permanent}` })
  when?: string | null;

  @Text({ optional: true, nullable: true, max: noteMax, description: permanent })
  note?: string | null;
}

export class AcceptRequestDto {
  @Id({ description: 'Number of the request', example: 10 })
  request_id!: string;

  @Id({ optional: true, description: 'Id or number of the accepter: the caller, or for staff anybody' })
  accepter_id?: string;

  @ListOf(RequestItemDto, { ...items, description: summed })
  items?: RequestItemDto[];

  @Integer({ optional: true, min: 1, max: unitsMax, description: 'The number of people, for Humanpower', example: 5 })
  qty?: number;
}
