import { ChangeSlotHandler } from './change-slot.ts';
import { OpenSeriesHandler } from './open-series.ts';
import { OpenSlotHandler } from './open-slot.ts';
import { SlotsController } from './slots.controller.ts';

/** What can be booked: when it is, and how many places it has. */
export const slots = {
  controllers: [SlotsController],
  handlers: [OpenSlotHandler, OpenSeriesHandler, ChangeSlotHandler],
};
