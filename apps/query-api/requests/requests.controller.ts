import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { acceptanceAnswer, requestAnswer, requestStatusOf } from '#answers';
import { isRejected, type Acceptance, type RequestFacts } from '#domain';
import { NoQuery } from '#http';
import { acceptancesProjection, requestItemsProjection, requestsProjection } from '#read-models';
import { UseCases } from '#use-cases/bus';
import { List } from '../edge/paging/list.ts';
import { ListDto } from '../edge/paging/paging.dto.ts';
import { Sees } from '../edge/sees.ts';
import { GetRequest } from './get-request.ts';
import { ListAcceptances } from './list-acceptances.ts';
import { ListRequests } from './list-requests.ts';
import { AcceptancesAnswer, RequestsAnswer, RequestsDto, RequestWithAcceptancesAnswer } from './requests.dto.ts';

const allRequests = new List<RequestFacts>({
  name: 'requests',
  keyOf: ({ requestId }) => String(requestId),
  keyShape: /^\d{1,15}$/,
});
const ofRequest = new List<Acceptance>({
  name: 'acceptances',
  keyOf: ({ acceptanceId }) => String(acceptanceId),
  keyShape: /^\d{1,15}$/,
});

@ApiTags('requests')
@ApiBearerAuth()
@Controller('requests')
export class RequestsController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @ApiOperation({
    summary: 'List requests',
    description: 'Lists the requests of all requesters that all given conditions apply to, newest first.',
  })
  @ApiOkResponse({ type: RequestsAnswer })
  @Sees([requestsProjection, requestItemsProjection], 'TOKEN_MISSING', 'TOKEN_INVALID')
  async listRequests(@Query() query: RequestsDto) {
    const { type: kind, status, requester_id: requester, item_id: item, ...page } = query;
    const paging = allRequests.pagingOf(page);
    const filter = { kind, status: status && requestStatusOf(status), requester, item };
    const found = await this.useCases.ask(new ListRequests(filter, paging));
    return { requests: found.rows.map(requestAnswer), ...allRequests.answerOf(found, paging) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a request', description: 'Returns one request of anybody, with its acceptances.' })
  @ApiOkResponse({ type: RequestWithAcceptancesAnswer })
  @Sees([requestsProjection, acceptancesProjection], 'REQUEST_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async getRequest(@Param('id') id: string, @Query() _none: NoQuery) {
    const found = await this.useCases.ask(new GetRequest(id));
    if (isRejected(found)) return found;
    const { request, acceptances } = found;
    const shown = acceptances.map((acceptance) => acceptanceAnswer(request.requestId, acceptance));
    return { ...requestAnswer(request), acceptances: shown };
  }

  @Get(':id/acceptances')
  @ApiOperation({
    summary: 'List the acceptances of a request',
    description: 'Lists what was accepted for one request of anybody, and not withdrawn, newest first.',
  })
  @ApiOkResponse({ type: AcceptancesAnswer })
  @Sees([requestsProjection, acceptancesProjection], 'REQUEST_NOT_FOUND', 'TOKEN_MISSING', 'TOKEN_INVALID')
  async listAcceptances(@Param('id') id: string, @Query() page: ListDto) {
    const paging = ofRequest.pagingOf(page);
    const found = await this.useCases.ask(new ListAcceptances(id, paging));
    if (isRejected(found)) return found;
    const shown = found.rows.map((acceptance) => acceptanceAnswer(Number(id), acceptance));
    return { acceptances: shown, ...ofRequest.answerOf(found, paging) };
  }
}
