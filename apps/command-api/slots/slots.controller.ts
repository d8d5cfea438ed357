import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { listedSlotOf, SlotAnswer } from '#answers';
import { Roles } from '#http/guard';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { ChangeSlot } from './change-slot.ts';
import { OpenSeries } from './open-series.ts';
import { OpenSlot } from './open-slot.ts';
import { withTerms } from '../stock/sale-terms.dto.ts';
import { OpenSeriesDto, SeriesAnswer, seriesOf } from './series.dto.ts';
import { ChangeSlotDto, OpenSlotDto } from './slots.dto.ts';

@ApiTags('slots')
@Controller('slots')
export class SlotsController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @Located(({ slot_id }: SlotAnswer) => `/api/v1/slots/${slot_id}`)
  @ApiOperation({
    summary: 'Open a slot for booking',
    description: 'A slot with a start can be booked until then. Staff only.',
  })
  @ApiCreatedResponse({ type: SlotAnswer, headers: locationHeader })
  @Writes('ID_TAKEN', 'SLOT_ENDS_TOO_EARLY', 'SALE_ENDS_TOO_EARLY', 'FORBIDDEN')
  openSlot(@Body() given: OpenSlotDto, @Context() context: UseCaseContext) {
    const { terms, rest } = withTerms(given);
    const { id, capacity, title = null, ...times } = rest;
    const { startsAt = null, endsAt = null, cancelUntil = null } = inMs(times);
    return this.useCases.execute(new OpenSlot(context, id, { capacity, title, startsAt, endsAt, cancelUntil, terms }));
  }

  @Post('series')
  @Roles('staff')
  @ApiOperation({
    summary: 'Open a series of slots',
    description:
      'Opens up to 1,000 slots at once: at these times of these days of the week, by the clocks of the time zone. A ' +
      'local time that clocks are put forward over has no slot; of one that they show twice, it is the first. Send an ' +
      'Idempotency-Key. After 503, repeat the same request with the same key: the slots that are open are not opened ' +
      'again, the others are. Staff only.',
  })
  @ApiCreatedResponse({ type: SeriesAnswer })
  @Writes('FORBIDDEN')
  openSeries(@Body() asked: OpenSeriesDto, @Context() context: UseCaseContext) {
    const { slots, skipped } = seriesOf(asked);
    return answering(this.useCases.execute(new OpenSeries(context, slots)), (opened) => {
      const now = Date.now();
      return { slots: opened.map((slot) => listedSlotOf(slot, now)), skipped };
    });
  }

  @Patch(':id')
  @Roles('staff')
  @ApiOperation({
    summary: 'Update a slot',
    description:
      'Fields that are omitted keep their value; null removes an optional one. The capacity cannot drop below the ' +
      'places already promised. Staff only.',
  })
  @ApiOkResponse({ type: SlotAnswer })
  @Writes('SLOT_NOT_FOUND', 'SLOT_ENDS_TOO_EARLY', 'SALE_ENDS_TOO_EARLY', 'CAPACITY_TOO_SMALL', 'FORBIDDEN')
  changeSlot(@Param('id') number: string, @Body() given: ChangeSlotDto, @Context() context: UseCaseContext) {
    const { terms, rest } = withTerms(given);
    const { capacity, title, ...times } = rest;
    const wanted = {
      ...(capacity === undefined ? {} : { capacity }),
      ...(title === undefined ? {} : { title }),
      ...inMs(times),
      terms,
    };
    return this.useCases.execute(new ChangeSlot(context, number, wanted));
  }
}

type Times<Time> = { startsAt?: Time | null; endsAt?: Time | null; cancelUntil?: Time | null };

function inMs({ startsAt, endsAt, cancelUntil }: Times<Date>): Times<number> {
  return {
    ...(startsAt === undefined ? {} : { startsAt: startsAt?.getTime() ?? null }),
    ...(endsAt === undefined ? {} : { endsAt: endsAt?.getTime() ?? null }),
    ...(cancelUntil === undefined ? {} : { cancelUntil: cancelUntil?.getTime() ?? null }),
  };
}
