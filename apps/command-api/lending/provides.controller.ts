import { Body, Controller, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProvideAnswer } from '#answers';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Context } from '../edge/use-case-context.ts';
import { Writes } from '../edge/writes.ts';
import { ProvideUnits } from './provide-units.ts';
import { ProvideUnitsDto } from './provides.dto.ts';

@ApiTags('inventories')
@ApiBearerAuth()
@Controller('provides')
export class ProvidesController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @ApiOperation({
    summary: 'Provide units to an inventory',
    description:
      'The inventory must take what users provide; its owner and staff can always add units, also for another user. ' +
      'Send an Idempotency-Key to make retries safe.',
  })
  @ApiCreatedResponse({ type: ProvideAnswer })
  @Writes(
    'INVENTORY_ID_MISSING',
    'INVENTORY_NOT_FOUND',
    'INVENTORY_TAKES_NOTHING',
    'ITEM_UNKNOWN',
    'USER_NOT_FOUND',
    'TOO_MANY_UNITS',
    'FORBIDDEN',
  )
  provideUnits(
    @Body() { user_id: user, item_id: item, qty: quantity, inventory_id }: ProvideUnitsDto,
    @Context() context: UseCaseContext,
  ) {
    const inventory = inventory_id ?? undefined;
    return this.useCases.execute(new ProvideUnits(context, { user, item, quantity, inventory }));
  }
}
