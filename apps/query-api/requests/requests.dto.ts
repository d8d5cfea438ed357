import { ApiProperty } from '@nestjs/swagger';
import { AcceptanceAnswer, RequestAnswer, shownRequestStatuses, type ShownRequestStatus } from '#answers';
import { requestKinds, type RequestKind } from '#domain';
import { Id, OneOf } from '#http';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';
import { acceptancesShownMax } from './get-request.ts';

export class RequestsDto extends ListDto {
  @OneOf({ optional: true, choices: requestKinds })
  type?: RequestKind;

  @OneOf({ optional: true, choices: shownRequestStatuses })
  status?: ShownRequestStatus;

  @Id({ optional: true, description: 'Id or number of the requester', example: 1 })
  requester_id?: string;

  @Id({ optional: true, description: 'Id or number of an item that the request names', example: 5 })
  item_id?: string;
}

export class RequestsAnswer extends PageAnswer {
  @ApiProperty({ type: [RequestAnswer], description: 'Newest first' })
  requests!: RequestAnswer[];
}

export class AcceptancesAnswer extends PageAnswer {
  @ApiProperty({ type: [AcceptanceAnswer], description: 'Newest first, without those that were withdrawn' })
  acceptances!: AcceptanceAnswer[];
}

export class RequestWithAcceptancesAnswer extends RequestAnswer {
  @ApiProperty({
    type: [AcceptanceAnswer],
    description: `The newest ${acceptancesShownMax} that were not withdrawn, newest first`,
  })
  acceptances!: AcceptanceAnswer[];
}
