import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SlotAnswer } from '#answers';
import { ForStaff } from '#auth/guard';
import { Asking, type Incoming } from '../commands/asking.ts';
import { Commands } from '../commands/commands.ts';
import { locationHeader, Writes } from '../commands/writes.ts';
import { KnownSlots } from './known-slots.ts';
import { Opening } from './opening.ts';
import { ChangeSlotDto, OpenSlotDto } from './slots.dto.ts';

@ApiTags('slots')
@Controller('slots')
export class SlotsController {
  constructor(
    private readonly commands: Commands,
    private readonly slots: KnownSlots,
    private readonly opening: Opening,
  ) {}

  @Post()
  @ForStaff()
  @ApiOperation({ summary: 'Open a slot for booking' })
  @ApiCreatedResponse({ type: SlotAnswer, headers: locationHeader })
  @Writes('ID_TAKEN', 'SLOT_ENDS_TOO_EARLY', 'FORBIDDEN')
  async openSlot(@Body() { id, ...slot }: OpenSlotDto, @Asking() incoming: Incoming): Promise<SlotAnswer> {
    const answer = await this.opening.open(id, slot, this.commands.ask(incoming));
    void incoming.reply.header('location', `/api/v1/slots/${answer.slot_id}`);
    return answer;
  }

  @Patch(':id')
  @ForStaff()
  @ApiOperation({ summary: 'Change a slot; what is left out stays, and null takes away' })
  @ApiOkResponse({ type: SlotAnswer })
  @Writes('SLOT_NOT_FOUND', 'SLOT_ENDS_TOO_EARLY', 'CAPACITY_TOO_SMALL', 'FORBIDDEN')
  changeSlot(
    @Param('id') id: string,
    @Body() change: ChangeSlotDto,
    @Asking() incoming: Incoming,
  ): Promise<SlotAnswer> {
    return this.opening.change(this.slots.idOf(id), change, this.commands.ask(incoming));
  }
}
