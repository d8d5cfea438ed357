import { ApiProperty } from '@nestjs/swagger';
import { ListedSlotAnswer } from '#answers';
import { unitsMax } from '#domain';
import { CalendarDate, CalendarDates, Choices, Integer, invalid, Text, TimesOfDay, TimeZone } from '#http';
import { SaleTermsDto, withTerms } from '../stock/sale-terms.dto.ts';
import type { WantedSlot } from './open-slot.ts';
import { daysOfWeek, startsOf, type DayOfWeek } from './series.ts';
import { titleMax } from './slots.dto.ts';

const slotsMax = 1000;
const timesMax = 96;
const exceptMax = 366;
const minuteMs = 60_000;
const durationMinutesMax = 7 * 24 * 60;
const cancelMinutesMax = 365 * 24 * 60;

export class OpenSeriesDto extends SaleTermsDto {
  @Text({ optional: true, nullable: true, max: titleMax, example: 'Yoga' })
  title?: string | null;

  @Integer({ min: 0, max: unitsMax, description: 'Total number of places of each slot', example: 10 })
  capacity!: number;

  @CalendarDate({ description: 'First day that may have slots', example: '2027-03-01' })
  from!: string;

  @CalendarDate({
    optional: true,
    description: 'Last day that may have slots; `until` or `count` is required',
    example: '2027-06-30',
  })
  until?: string;

  @Integer({ optional: true, min: 1, max: slotsMax, description: 'How many slots there are, instead of `until`' })
  count?: number;

  @Choices({ choices: daysOfWeek, description: 'Days of the week', example: ['mon', 'wed'] })
  days!: DayOfWeek[];

  @TimesOfDay({
    countMax: timesMax,
    description: 'When slots start on each of the days, by the clocks of the time zone',
    example: ['09:00', '10:30'],
  })
  times!: string[];

  @Integer({ min: 1, max: durationMinutesMax, description: 'How long each slot is', example: 60 })
  durationMinutes!: number;

  @Integer({
    optional: true,
    max: cancelMinutesMax,
    description:
      'Until how many minutes before its start customers can give back places of a slot; until its start if omitted',
    example: 120,
  })
  cancelMinutesBefore?: number;

  @TimeZone({ description: 'Name of the IANA time zone database', example: 'Europe/Berlin' })
  timeZone!: string;

  @CalendarDates({ optional: true, countMax: exceptMax, description: 'Days without slots', example: ['2027-03-29'] })
  except?: string[];
}

export class SeriesAnswer {
  @ApiProperty({ type: [ListedSlotAnswer], description: 'In the order in which they start' })
  slots!: ListedSlotAnswer[];

  @ApiProperty({
    type: [String],
    description: 'Local times without a slot, because clocks are put forward over them',
    example: ['2027-03-28T02:30'],
  })
  skipped!: readonly string[];
}

interface SeriesOfSlots {
  readonly slots: readonly WantedSlot[];
  readonly skipped: readonly string[];
}

/** The slots that are asked for; rejects a series that has none, or too many. */
export function seriesOf(asked: OpenSeriesDto): SeriesOfSlots {
  const { terms, rest } = withTerms(asked);
  const { title = null, capacity, durationMinutes, cancelMinutesBefore, except = [], ...when } = rest;
  const { from, until, count } = when;
  if (until === undefined && count === undefined) throw invalid('until', 'requiredUnless', { other: 'count' });
  if (until !== undefined && count !== undefined) throw invalid('count', 'notWith', { other: 'until' });
  if (until !== undefined && until < from) throw invalid('until', 'notLess', { other: 'from' });
  const { starts, skipped } = startsOf({ ...when, except }, slotsMax);
  if (starts.length > slotsMax) throw invalid('until', 'seriesTooLong', { slotsMax });
  if (starts.length === 0) throw invalid('until', 'seriesEmpty', {});
  const slots = starts.map((startsAt) => ({
    title,
    capacity,
    startsAt,
    endsAt: startsAt + durationMinutes * minuteMs,
    cancelUntil: cancelMinutesBefore === undefined ? null : startsAt - cancelMinutesBefore * minuteMs,
    terms,
  }));
  return { slots, skipped };
}
