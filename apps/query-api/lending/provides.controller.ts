import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ProvideAnswer } from '#answers';
import { isRejected } from '#domain';
import { Id, invalid, QueryInteger, Time } from '#http';
import { CurrentCaller } from '#http/guard';
import type { Caller } from '#people';
import { inventoriesProjection, itemsProjection, providesProjection } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';
import { Sees } from '../edge/sees.ts';
import { ListProvides } from './list-provides.ts';

const provides = new List<ProvideAnswer>({
  name: 'provides',
  keyOf: ({ provide_date, provide_id }) => `${provide_date} ${provide_id}`,
  keyShape: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d{1,15}$/,
});

class ProvidesDto extends ListDto {
  @Id({ optional: true, description: 'Id or number of the user who provided the units', example: 2 })
  user_id?: string;

  @Id({ optional: true, description: 'Id or number of the item', example: 8 })
  item_id?: string;

  @QueryInteger({ optional: true, min: 1, max: 999_999_999, description: 'Number of the inventory' })
  inventory_id?: number;

  @Time({ optional: true, description: 'Provided at this time or later', example: '2025-12-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Provided before this time', example: '2026-01-01T00:00:00Z' })
  to?: Date;
}

class ProvidesAnswer extends PageAnswer {
  @ApiProperty({ type: [ProvideAnswer], description: 'Newest first' })
  provides!: ProvideAnswer[];
}

@ApiTags('inventories')
@ApiBearerAuth()
@Controller('provides')
export class ProvidesController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @ApiOperation({
    summary: 'List what was provided',
    description:
      'Lists what the caller provided, newest first. With `inventory_id`, the owner of that inventory is shown ' +
      'everything provided to it. Staff are shown everything.',
  })
  @ApiOkResponse({ type: ProvidesAnswer })
  @Sees([providesProjection, itemsProjection, inventoriesProjection], 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listProvides(
    @Query() { page, limit, cursor, user_id: user, item_id: item, inventory_id: inventoryId, from, to }: ProvidesDto,
    @CurrentCaller() caller: Caller,
  ) {
    if (from !== undefined && to !== undefined && to <= from) throw invalid('to', 'after', { other: 'from' });
    const paging = provides.pagingOf({ page, limit, cursor });
    const found = await this.useCases.ask(new ListProvides(caller, { user, item, inventoryId, from, to }, paging));
    if (isRejected(found)) return found;
    return { provides: found.rows, ...provides.answerOf(found, paging) };
  }
}
