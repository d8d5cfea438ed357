import { CancelProjectionRunHandler } from './cancel-projection-run.ts';
import { ProjectionsController } from './projections.controller.ts';
import { RequestParkedActionHandler } from './request-parked-action.ts';
import { RequestProjectionRunHandler } from './request-projection-run.ts';

/** What staff does about projections. */
export const operations = {
  controllers: [ProjectionsController],
  handlers: [RequestProjectionRunHandler, CancelProjectionRunHandler, RequestParkedActionHandler],
};
