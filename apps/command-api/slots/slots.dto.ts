import { unitsMax } from '#domain';
import { Integer, Text, Time } from '#http';

const titleMax = 200;
const chosenIdMax = 1_000_000_000;

export class OpenSlotDto {
  @Integer({
    optional: true,
    min: 1,
    max: chosenIdMax,
    description: 'A number of your choice; the next one unless given',
  })
  id?: number;

  @Integer({ min: 0, max: unitsMax, description: 'Places in all', example: 10 })
  capacity!: number;

  @Time({
    optional: true,
    nullable: true,
    description: 'No place can be had from then on',
    example: '2027-02-01T09:00:00Z',
  })
  startsAt?: Date | null;

  @Time({ optional: true, nullable: true, example: '2027-02-01T10:00:00Z' })
  endsAt?: Date | null;

  @Text({ optional: true, nullable: true, max: titleMax })
  title?: string | null;
}

export class ChangeSlotDto {
  @Integer({ optional: true, min: 0, max: unitsMax, description: 'No less than what is promised already' })
  capacity?: number;

  @Time({ optional: true, nullable: true })
  startsAt?: Date | null;

  @Time({ optional: true, nullable: true })
  endsAt?: Date | null;

  @Text({ optional: true, nullable: true, max: titleMax })
  title?: string | null;
}
