import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AcceptedAnswer, acceptedAnswer, RequestAnswer, requestAnswer } from '#answers';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Located } from '../edge/answer-use-case.ts';
import { Context } from '../edge/use-case-context.ts';
import { locationHeader, Writes } from '../edge/writes.ts';
import { AcceptRequest } from './accept-request.ts';
import { CancelRequest } from './cancel-request.ts';
import { MakeRequest } from './make-request.ts';
import { AcceptRequestDto, MakeRequestDto, type RequestItemDto } from './requests.dto.ts';
import { WithdrawAcceptance } from './withdraw-acceptance.ts';

const ended = ['REQUEST_COMPLETED', 'REQUEST_CANCELLED'] as const;
const quantities = ['REQUEST_ITEMS_MISSING', 'REQUEST_QTY_MISSING', 'ITEM_UNKNOWN'] as const;

@ApiTags('requests')
@ApiBearerAuth()
@Controller()
export class RequestsController {
  constructor(private readonly useCases: UseCases) {}

  @Post('requests')
  @Located(({ request_id }: RequestAnswer) => `/api/v1/requests/${request_id}`)
  @ApiOperation({
    summary: 'Make a request',
    description:
      'Asks others for items (Material, Tool) or for people (Humanpower). It is completed once what is accepted reaches ' +
      'what is required, of each item. Send an Idempotency-Key to make retries safe.',
  })
  @ApiCreatedResponse({ type: RequestAnswer, headers: locationHeader })
  @Writes('REQUEST_TYPE_UNKNOWN', ...quantities, 'FORBIDDEN', 'USER_NOT_FOUND')
  makeRequest(@Body() body: MakeRequestDto, @Context() context: UseCaseContext) {
    const { type, requester_id: requester, required_qty: requiredQty, qty, items } = body;
    const { title = null, place = null, when = null, note = null } = body;
    const need = { type, items: items?.map(wantedItem), requiredQty, qty };
    const wanted = { requester, need, texts: { title, place, when, note } };
    return answering(this.useCases.execute(new MakeRequest(context, wanted)), requestAnswer);
  }

  @Post('request-accepters')
  @ApiOperation({
    summary: 'Accept a request',
    description:
      'Accepts to give items or people that an open request asks for, as much as is wanted: more than it needs too. ' +
      'Anybody can accept it, again and again. The acceptance that reaches the need completes the request, and no other ' +
      'follows. Send an Idempotency-Key to make retries safe.',
  })
  @ApiCreatedResponse({ type: AcceptedAnswer })
  @Writes(
    'REQUEST_NOT_FOUND',
    ...quantities,
    'ITEM_NOT_REQUESTED',
    ...ended,
    'TOO_MANY_ACCEPTANCES',
    'FORBIDDEN',
    'USER_NOT_FOUND',
  )
  acceptRequest(@Body() body: AcceptRequestDto, @Context() context: UseCaseContext) {
    const { request_id: request, accepter_id: accepter, items, qty } = body;
    const wanted = { request, accepter, items: items?.map(wantedItem), qty };
    const accepting = this.useCases.execute(new AcceptRequest(context, wanted));
    return answering(accepting, (accepted) => acceptedAnswer(accepted, accepted.acceptance));
  }

  @Delete('request-accepters/:id')
  @ApiOperation({
    summary: 'Withdraw an acceptance',
    description: 'Takes an own acceptance back from a request that is open. Staff can withdraw any.',
  })
  @ApiOkResponse({ type: RequestAnswer })
  @Writes('ACCEPTANCE_NOT_FOUND', ...ended)
  withdrawAcceptance(@Param('id') number: string, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new WithdrawAcceptance(context, number)), requestAnswer);
  }

  @Post('requests/:id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel a request',
    description: 'Ends an own request that is open; what was accepted stays. Staff can cancel any.',
  })
  @ApiOkResponse({ type: RequestAnswer })
  @Writes('REQUEST_NOT_FOUND', ...ended, 'FORBIDDEN')
  cancelRequest(@Param('id') number: string, @Context() context: UseCaseContext) {
    return answering(this.useCases.execute(new CancelRequest(context, number)), requestAnswer);
  }
}

function wantedItem({ item_id: id, qty }: RequestItemDto) {
  return { id, qty };
}
