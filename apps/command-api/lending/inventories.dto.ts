import { unitsMax } from '#domain';
import { Flag, Integer, Text } from '#http';

const nameMax = 100;
const descriptionMax = 1000;
const lendSecondsMax = 10 * 365 * 86_400;
const renewalsMaxMax = 1000;

const ofName = { max: nameMax, example: 'Tool shed' };
const ofDescription = {
  min: 0,
  max: descriptionMax,
  description: 'It is stored permanently; do not include personal data',
};
const ofLends = { description: 'Whether its units are lent' };
const ofTakesProvides = { description: 'Whether anybody may provide units to it' };
const ofDefaultLendSeconds = {
  min: 1,
  max: lendSecondsMax,
  nullable: true,
  description: 'Duration of a lend for which none is given; null if it then has no due time',
  example: 604_800,
};
const ofRenewalsMax = { max: renewalsMaxMax, description: 'How many times a lend can be renewed' };
const ofOpenLendsMax = {
  min: 1,
  max: unitsMax,
  nullable: true,
  description: 'Open lends that each borrower may have; null for no limit',
};
const ofLentUnitsMax = {
  min: 1,
  max: unitsMax,
  nullable: true,
  description: 'Units on loan that each borrower may have; null for no limit',
};
const ofOverdueLendsMax = {
  max: unitsMax,
  nullable: true,
  description: 'Overdue lends that each borrower may have; null for no limit',
};

export class OpenInventoryDto {
  @Text(ofName)
  name!: string;

  @Text({ ...ofDescription, default: '' })
  description!: string;

  @Flag({ ...ofLends, default: true })
  lends!: boolean;

  @Flag({ ...ofTakesProvides, default: true })
  takesProvides!: boolean;

  @Integer({ ...ofDefaultLendSeconds, default: null })
  defaultLendSeconds!: number | null;

  @Integer({ ...ofRenewalsMax, default: 0 })
  renewalsMax!: number;

  @Integer({ ...ofOpenLendsMax, default: null })
  openLendsMax!: number | null;

  @Integer({ ...ofLentUnitsMax, default: null })
  lentUnitsMax!: number | null;

  @Integer({ ...ofOverdueLendsMax, default: null })
  overdueLendsMax!: number | null;
}

export class ChangeInventoryDto {
  @Text({ ...ofName, optional: true })
  name?: string;

  @Text({ ...ofDescription, optional: true })
  description?: string;

  @Flag({ ...ofLends, optional: true })
  lends?: boolean;

  @Flag({ ...ofTakesProvides, optional: true })
  takesProvides?: boolean;

  @Integer({ ...ofDefaultLendSeconds, optional: true })
  defaultLendSeconds?: number | null;

  @Integer({ ...ofRenewalsMax, optional: true })
  renewalsMax?: number;

  @Integer({ ...ofOpenLendsMax, optional: true })
  openLendsMax?: number | null;

  @Integer({ ...ofLentUnitsMax, optional: true })
  lentUnitsMax?: number | null;

  @Integer({ ...ofOverdueLendsMax, optional: true })
  overdueLendsMax?: number | null;
}
