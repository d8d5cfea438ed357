import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { deliveryAnswer, WebhookAnswer, webhookAnswer } from '#answers';
import { isRejected } from '#domain';
import { NoQuery, Rejects } from '#http';
import { Roles } from '#http/guard';
import { UseCases } from '#use-cases/bus';
import type { Delivery } from '#webhooks';
import { List } from '../edge/paging/list.ts';
import { GetWebhook } from './get-webhook.ts';
import { ListDeliveries } from './list-deliveries.ts';
import { ListWebhooks } from './list-webhooks.ts';
import { DeliveriesAnswer, DeliveriesDto, WebhooksAnswer } from './webhooks.dto.ts';

const staffOnly = ['VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN'] as const;
const ofWebhook = new List<Delivery>({
  name: 'deliveries',
  keyOf: ({ number }) => String(number),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @Roles('staff')
  @ApiOperation({ summary: 'List webhooks', description: 'Secrets are not shown. Staff only.' })
  @ApiOkResponse({ type: WebhooksAnswer })
  @Rejects(...staffOnly)
  async listWebhooks(@Query() _none: NoQuery): Promise<WebhooksAnswer> {
    const found = await this.useCases.ask(new ListWebhooks());
    return { webhooks: found.map(webhookAnswer), nextCursor: null };
  }

  @Get(':id')
  @Roles('staff')
  @ApiOperation({ summary: 'Get a webhook', description: 'Staff only.' })
  @ApiOkResponse({ type: WebhookAnswer })
  @Rejects('WEBHOOK_NOT_FOUND', ...staffOnly)
  async getWebhook(@Param('id') id: string, @Query() _none: NoQuery) {
    const found = await this.useCases.ask(new GetWebhook(id));
    return isRejected(found) ? found : webhookAnswer(found);
  }

  @Get(':id/deliveries')
  @Roles('staff')
  @ApiOperation({
    summary: 'List the deliveries of a webhook',
    description: 'With their status and latest attempts. They are kept for 30 days by default. Staff only.',
  })
  @ApiOkResponse({ type: DeliveriesAnswer })
  @Rejects('WEBHOOK_NOT_FOUND', ...staffOnly)
  async listDeliveries(@Param('id') id: string, @Query() { status, ...page }: DeliveriesDto) {
    const paging = ofWebhook.pagingOf(page);
    const before = 'after' in paging ? Number(paging.after) : undefined;
    const found = await this.useCases.ask(new ListDeliveries(id, { status, before, limit: paging.limit }));
    if (isRejected(found)) return found;
    const last = found.hasMore ? found.rows.at(-1) : undefined;
    const nextCursor = last === undefined ? null : ofWebhook.cursorAfter(last);
    return { deliveries: found.rows.map(deliveryAnswer), nextCursor };
  }
}
