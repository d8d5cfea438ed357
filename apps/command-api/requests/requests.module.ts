import { AcceptRequestHandler } from './accept-request.ts';
import { CancelRequestHandler } from './cancel-request.ts';
import { MakeRequestHandler } from './make-request.ts';
import { RequestsController } from './requests.controller.ts';
import { WithdrawAcceptanceHandler } from './withdraw-acceptance.ts';

/** What people need, and what others accept to give. */
export const requests = {
  controllers: [RequestsController],
  handlers: [MakeRequestHandler, AcceptRequestHandler, WithdrawAcceptanceHandler, CancelRequestHandler],
};
