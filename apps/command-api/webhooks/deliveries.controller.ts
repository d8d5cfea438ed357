import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeliveryAnswer, deliveryAnswer } from '#answers';
import { Roles } from '#http/guard';
import { answering, UseCases } from '#use-cases';
import { TakesKey } from '../edge/writes.ts';
import { ReplayDelivery } from './replay-delivery.ts';
import { ReplayFailedDeliveries } from './replay-failed-deliveries.ts';
import { ReplayedAnswer } from './webhooks.dto.ts';

const staffOnly = ['TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN'] as const;

@ApiTags('webhooks')
@Controller('webhooks/:id/deliveries')
export class DeliveriesController {
  constructor(private readonly useCases: UseCases) {}

  @Post('replay')
  @HttpCode(202)
  @Roles('staff')
  @ApiOperation({
    summary: 'Replay all failed deliveries of a webhook',
    description: 'Each event is delivered with its original id, also to a disabled webhook. Staff only.',
  })
  @ApiAcceptedResponse({ type: ReplayedAnswer })
  @TakesKey('WEBHOOK_NOT_FOUND', ...staffOnly)
  replayFailedDeliveries(@Param('id') id: string) {
    return this.useCases.execute(new ReplayFailedDeliveries(id));
  }

  @Post(':deliveryId/replay')
  @HttpCode(202)
  @Roles('staff')
  @ApiOperation({
    summary: 'Replay a delivery',
    description:
      'Begins a new round of attempts at once, with the original id, whatever became of the delivery, also to a ' +
      'disabled webhook. Staff only.',
  })
  @ApiAcceptedResponse({ type: DeliveryAnswer })
  @TakesKey('DELIVERY_NOT_FOUND', ...staffOnly)
  replayDelivery(@Param('id') id: string, @Param('deliveryId') deliveryId: string) {
    return answering(this.useCases.execute(new ReplayDelivery(id, deliveryId)), deliveryAnswer);
  }
}
