import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HoldAnswer } from '#answers';
import { labelsOf } from '#domain';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { ReturnDto, wantedReturnOf } from '../stock/return.dto.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes, WritesWithKey } from '../edge/writes.ts';
import { CancelHold } from './cancel-hold.ts';
import { ConfirmHold } from './confirm-hold.ts';
import { ExtendHold } from './extend-hold.ts';
import { ConfirmHoldDto, ExtendHoldDto, HoldDto, HoldToLendDto } from './holds.dto.ts';
import { PlaceHold, type WantedHold } from './place-hold.ts';
import { ReturnHold } from './return-hold.ts';

const LocatedHold = (): MethodDecorator => Located(({ id }: HoldAnswer) => `/api/v1/holds/${id}`);

@ApiTags('holds')
@ApiBearerAuth()
@Controller()
export class HoldsController {
  constructor(private readonly useCases: UseCases) {}

  @Post('slots/:id/hold')
  @LocatedHold()
  @ApiOperation({
    summary: 'Hold places of a slot',
    description: 'Sets places aside for the caller until they are confirmed or cancelled, or `ttlSeconds` have passed.',
  })
  @ApiCreatedResponse({ type: HoldAnswer, headers: locationHeader })
  @WritesWithKey(
    'SLOT_NOT_FOUND',
    'INSUFFICIENT_STOCK',
    'LIMIT_PER_CUSTOMER',
    'NOT_ON_SALE',
    'TOO_MANY_CLAIMS',
    'TOO_MUCH_METADATA',
    'CLOSED',
  )
  holdSlot(@Param('id') slot: string, @Body() given: HoldDto, @Context('key-required') context: UseCaseContext) {
    return this.useCases.execute(new PlaceHold(context, { slot }, wantedOf(given)));
  }

  @Post('items/:id/hold')
  @LocatedHold()
  @ApiOperation({
    summary: 'Hold units of an item',
    description: 'Sets units aside for the caller until they are confirmed or cancelled, or `ttlSeconds` have passed.',
  })
  @ApiCreatedResponse({ type: HoldAnswer, headers: locationHeader })
  @WritesWithKey(
    'ITEM_NOT_FOUND',
    'DISCONTINUED',
    'INSUFFICIENT_STOCK',
    'LIMIT_PER_CUSTOMER',
    'NOT_ON_SALE',
    'TOO_MANY_CLAIMS',
    'TOO_MUCH_METADATA',
  )
  holdItem(@Param('id') item: string, @Body() given: HoldDto, @Context('key-required') context: UseCaseContext) {
    return this.useCases.execute(new PlaceHold(context, { item }, wantedOf(given)));
  }

  @Post('inventories/:id/holds')
  @LocatedHold()
  @ApiOperation({
    summary: 'Hold units of an inventory that are to be lent',
    description: 'Lend what is held with `POST /lends` and the id of the hold.',
  })
  @ApiCreatedResponse({ type: HoldAnswer, headers: locationHeader })
  @WritesWithKey(
    ...(['INVENTORY_NOT_FOUND', 'INVENTORY_DOES_NOT_LEND', 'ITEM_NOT_FOUND', 'INSUFFICIENT_STOCK'] as const),
    ...(['LIMIT_PER_CUSTOMER', 'TOO_MANY_CLAIMS', 'TOO_MUCH_METADATA'] as const),
  )
  holdToLend(
    @Param('id') inventory: string,
    @Body() { item_id: item, ...given }: HoldToLendDto,
    @Context('key-required') context: UseCaseContext,
  ) {
    return this.useCases.execute(new PlaceHold(context, { item, inventory }, wantedOf(given)));
  }

  @Post('holds/:id/confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm a hold',
    description:
      'Turns the held units or places into a purchase or booking. With `quantity`, only that many are taken and the ' +
      'rest is released. Customers can confirm only their own holds.',
  })
  @ApiOkResponse({ type: HoldAnswer })
  @Writes(
    ...(['HOLD_NOT_FOUND', 'HOLD_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED', 'INSUFFICIENT_STOCK'] as const),
    ...(['HOLD_NOT_FOR_SALE', 'LIMIT_PER_CUSTOMER', 'NOT_COUNTED_HERE'] as const),
  )
  confirmHold(@Param('id') id: string, @Body() { quantity }: ConfirmHoldDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new ConfirmHold(context, id, quantity));
  }

  @Post('holds/:id/return')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give back what was taken with a hold',
    description:
      'Makes the units or places of a confirmed hold available again: all of them, or `quantity`, as often as some are ' +
      'left. Customers can give back their own, places until the `cancelUntil` of the slot, units for the `returnDays` ' +
      'of the product. Staff can always, of any hold.',
  })
  @ApiOkResponse({ type: HoldAnswer })
  @Writes(
    ...(['HOLD_NOT_FOUND', 'HOLD_NOT_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED', 'HOLD_IN_ORDER'] as const),
    ...(['HOLD_LENT', 'MORE_THAN_TAKEN', 'RETURN_TOO_LATE'] as const),
  )
  returnHold(@Param('id') id: string, @Body() given: ReturnDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new ReturnHold(context, id, wantedReturnOf(given)));
  }

  @Patch('holds/:id')
  @ApiOperation({
    summary: 'Change the expiry of a hold',
    description:
      'Sets the expiry to `ttlSeconds` from now, earlier or later than before. Customers can change only their own ' +
      'holds.',
  })
  @ApiOkResponse({ type: HoldAnswer })
  @Writes('HOLD_NOT_FOUND', 'HOLD_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED', 'HOLD_TOO_LONG')
  extendHold(@Param('id') id: string, @Body() { ttlSeconds }: ExtendHoldDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new ExtendHold(context, id, ttlSeconds));
  }

  @Delete('holds/:id')
  @ApiOperation({
    summary: 'Cancel a hold',
    description:
      'Releases the held units or places immediately. Customers can cancel only their own holds. A confirmed hold is ' +
      'given back with `POST /holds/:id/return`.',
  })
  @ApiOkResponse({ type: HoldAnswer })
  @Writes('HOLD_NOT_FOUND', 'HOLD_CONFIRMED', 'HOLD_CANCELLED', 'HOLD_EXPIRED')
  cancelHold(@Param('id') id: string, @Context() context: UseCaseContext) {
    return this.useCases.execute(new CancelHold(context, id));
  }
}

function wantedOf({ quantity, ttlSeconds, ...given }: HoldDto): WantedHold {
  return { quantity, ttlSeconds, labels: labelsOf(given) };
}
