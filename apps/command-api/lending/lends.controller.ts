import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LendAnswer } from '#answers';
import { isRejected, labelsOf, type Rejected } from '#domain';
import { rejectField, UseCases, type FieldRejection, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { LendUnits, type WantedUnits } from './lend-units.ts';
import { LendUnitsDto, RenewLendDto, ReturnLendDto } from './lends.dto.ts';
import { RenewLend } from './renew-lend.ts';
import { ReturnLend } from './return-lend.ts';

@ApiTags('lends')
@ApiBearerAuth()
@Controller('lends')
export class LendsController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Located(({ lend_id }: LendAnswer) => `/api/v1/lends/${lend_id}`)
  @ApiOperation({
    summary: 'Lend units of an item',
    description:
      'Lends units of an inventory to the caller, or what is held with `hold_id`. Staff and the owner of the ' +
      'inventory can lend to any user.',
  })
  @ApiCreatedResponse({ type: LendAnswer, headers: locationHeader })
  @Writes(
    ...(['INVENTORY_NOT_FOUND', 'INVENTORY_DOES_NOT_LEND', 'ITEM_UNKNOWN', 'NOT_IN_INVENTORY'] as const),
    ...(['INSUFFICIENT_STOCK', 'TOO_MANY_CLAIMS', 'TOO_MUCH_METADATA', 'FORBIDDEN', 'USER_NOT_FOUND'] as const),
    ...([
      'HOLD_NOT_FOUND',
      'HOLD_CONFIRMED',
      'HOLD_CANCELLED',
      'HOLD_EXPIRED',
      'LEND_TOO_OLD',
      'LIMIT_PER_BORROWER',
    ] as const),
  )
  lendUnits(@Body() body: LendUnitsDto, @Context() context: UseCaseContext) {
    const wanted = wantedOf(body);
    if (isRejected(wanted)) return wanted;
    const dueAt = body.due_at === null ? null : body.due_at?.getTime();
    return this.useCases.execute(new LendUnits(context, wanted, dueAt));
  }

  @Put(':id/return')
  @ApiOperation({
    summary: 'Return a lend',
    description:
      'Takes back all that is still lent, or `qty` of it. The borrower, the owner of the inventory and staff only.',
  })
  @ApiOkResponse({ type: LendAnswer })
  @Writes('LEND_NOT_FOUND', 'ALREADY_RETURNED', 'MORE_THAN_LENT')
  returnLend(
    @Param('id') number: string,
    @Body() { qty, condition, note }: ReturnLendDto,
    @Context() context: UseCaseContext,
  ) {
    const part = qty === undefined ? {} : { quantity: qty };
    return this.useCases.execute(new ReturnLend(context, number, { ...part, condition, note: note ?? null }));
  }

  @Put(':id/renew')
  @ApiOperation({
    summary: 'Renew a lend',
    description:
      'Gives an open lend another due time, as often as its inventory allows. Rejected when nothing is available and ' +
      'somebody else holds a unit of the item there. The borrower, the owner of the inventory and staff only.',
  })
  @ApiOkResponse({ type: LendAnswer })
  @Writes('LEND_NOT_FOUND', 'ALREADY_RETURNED', 'RENEWED_TOO_OFTEN', 'LEND_AWAITED')
  renewLend(@Param('id') number: string, @Body() { due_at: dueAt }: RenewLendDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new RenewLend(context, number, dueAt?.getTime()));
  }
}

type Unclear = FieldRejection<'required'> | FieldRejection<'notWith', { readonly other: string }>;

/** A hold names the item, the units and the borrower by itself, and the lend keeps its labels. */
function wantedOf(body: LendUnitsDto): LendUnits['wanted'] | Rejected<Unclear> {
  const { hold_id: holdId, user_id: borrower, item_id: item, qty: quantity, from_inventory_id: inventoryId } = body;
  const { reference, metadata } = body;
  const named = { item_id: item, qty: quantity, from_inventory_id: inventoryId };
  if (holdId !== undefined) {
    const ofHold = { ...named, user_id: borrower, reference, metadata };
    const [field] = Object.entries(ofHold).find(([, given]) => given !== undefined) ?? [];
    return field === undefined ? { holdId } : rejectField(field, 'notWith', { other: 'hold_id' });
  }
  if (item !== undefined && quantity !== undefined && inventoryId !== undefined)
    return { item, quantity, inventoryId, borrower, labels: labelsOf(body) } satisfies WantedUnits;
  const [missing = ''] = Object.entries(named).find(([, given]) => given === undefined) ?? [];
  return rejectField(missing, 'required', {});
}
