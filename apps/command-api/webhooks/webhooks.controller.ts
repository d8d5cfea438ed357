import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCallbacks,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { WebhookAnswer, webhookAnswer } from '#answers';
import { Roles } from '#http/guard';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, TakesKey } from '../edge/writes.ts';
import { ChangeWebhook } from './change-webhook.ts';
import { CreateWebhook } from './create-webhook.ts';
import { DeleteWebhook } from './delete-webhook.ts';
import { RotateWebhookSecret } from './rotate-webhook-secret.ts';
import {
  ChangeWebhookDto,
  CreatedWebhookAnswer,
  CreateWebhookDto,
  RotateSecretDto,
  SecretAnswer,
  WebhookEvent,
} from './webhooks.dto.ts';

const staffOnly = ['TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN'] as const;

@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @Located(({ id }: WebhookAnswer) => `/api/v1/webhooks/${id}`)
  @ApiOperation({
    summary: 'Create a webhook',
    description:
      'Events that are recorded from now on are posted to the URL, signed as Standard Webhooks 1.0.0 specifies, at ' +
      'least once, those of one subject in order. Any answer but 2xx within 15 seconds is retried after 5 s, 5 min, ' +
      '30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. Staff only.',
  })
  @ApiExtraModels(WebhookEvent)
  @ApiCallbacks({
    name: 'event',
    callbackUrl: '{$request.body#/url}',
    method: 'post',
    requestBody: { type: WebhookEvent },
    expectedResponse: { status: 204, description: 'Delivered; so is any other 2xx' },
  })
  @ApiCreatedResponse({ type: CreatedWebhookAnswer, headers: locationHeader })
  @TakesKey('VALIDATION_FAILED', 'TOO_MANY_WEBHOOKS', ...staffOnly)
  createWebhook(@Body() wanted: CreateWebhookDto, @Context() context: UseCaseContext) {
    const created = this.useCases.execute(new CreateWebhook(context, wanted));
    return answering(created, (webhook): CreatedWebhookAnswer =>
      Object.assign(webhookAnswer(webhook), { secret: webhook.secret }),
    );
  }

  @Patch(':id')
  @Roles('staff')
  @ApiOperation({
    summary: 'Change a webhook',
    description:
      'Fields that are omitted keep their value. A webhook that is enabled again gets at once what waits for it. ' +
      'Staff only.',
  })
  @ApiOkResponse({ type: WebhookAnswer })
  @TakesKey('VALIDATION_FAILED', 'WEBHOOK_NOT_FOUND', ...staffOnly)
  changeWebhook(@Param('id') id: string, @Body() { status, ...changes }: ChangeWebhookDto) {
    const isEnabled = status === undefined ? undefined : status === 'enabled';
    return answering(this.useCases.execute(new ChangeWebhook(id, { ...changes, isEnabled })), webhookAnswer);
  }

  @Delete(':id')
  @Roles('staff')
  @ApiOperation({ summary: 'Delete a webhook, with its deliveries', description: 'Staff only.' })
  @ApiOkResponse({ type: WebhookAnswer })
  @TakesKey('WEBHOOK_NOT_FOUND', ...staffOnly)
  deleteWebhook(@Param('id') id: string) {
    return answering(this.useCases.execute(new DeleteWebhook(id)), webhookAnswer);
  }

  @Post(':id/secret')
  @HttpCode(200)
  @Roles('staff')
  @ApiOperation({
    summary: 'Rotate the secret of a webhook',
    description:
      'Returns a new secret. Until the overlap ends, each delivery has a signature of each secret. Staff only.',
  })
  @ApiOkResponse({ type: SecretAnswer })
  @TakesKey('VALIDATION_FAILED', 'WEBHOOK_NOT_FOUND', ...staffOnly)
  rotateSecret(
    @Param('id') id: string,
    @Body() { overlapSeconds }: RotateSecretDto,
    @Context() context: UseCaseContext,
  ) {
    return this.useCases.execute(new RotateWebhookSecret(context, id, overlapSeconds));
  }
}
