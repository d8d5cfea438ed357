import { CatalogController } from './catalog.controller.ts';
import { ChangeItemHandler } from './change-item.ts';
import { CreateItemHandler } from './create-item.ts';
import { DiscontinueItemHandler } from './discontinue-item.ts';
import { RestoreItemHandler } from './restore-item.ts';

/** What there is to be had: what it is called, and what it costs. */
export const catalog = {
  controllers: [CatalogController],
  handlers: [CreateItemHandler, ChangeItemHandler, DiscontinueItemHandler, RestoreItemHandler],
};
