import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InventoryAnswer } from '#answers';
import { UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { ChangeInventory } from './change-inventory.ts';
import { ChangeInventoryDto, OpenInventoryDto } from './inventories.dto.ts';
import { OpenInventory } from './open-inventory.ts';

@ApiTags('inventories')
@ApiBearerAuth()
@Controller('inventories')
export class InventoriesController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Located(({ inventory_id }: InventoryAnswer) => `/api/v1/inventories/${inventory_id}`)
  @ApiOperation({ summary: 'Open an inventory', description: 'It belongs to the caller.' })
  @ApiCreatedResponse({ type: InventoryAnswer, headers: locationHeader })
  @Writes('ID_TAKEN')
  openInventory(@Body() { ...details }: OpenInventoryDto, @Context() context: UseCaseContext) {
    return this.useCases.execute(new OpenInventory(context, details));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change an inventory',
    description: 'Fields that are omitted keep their value. Its owner and staff only.',
  })
  @ApiOkResponse({ type: InventoryAnswer })
  @Writes('INVENTORY_NOT_FOUND', 'FORBIDDEN')
  changeInventory(@Param('id') number: string, @Body() given: ChangeInventoryDto, @Context() context: UseCaseContext) {
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return this.useCases.execute(new ChangeInventory(context, number, change));
  }
}
