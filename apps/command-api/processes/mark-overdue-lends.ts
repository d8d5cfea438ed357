import { MarkOverdueLendsOfStock } from '../lending/mark-overdue-lends-of-stock.ts';
import type { DueWork } from './due-stocks.ts';

/**
 * Records when lends become overdue, so that those who follow the events hear of it. Answers do not wait for that: they
 * tell by the clock.
 */
export const markOverdueLends: DueWork = {
  name: 'mark-overdue-lends',
  waitsFor: 'the lends that may be due',
  failed: 'stocks whose due lends were not marked overdue',
  command: (context, stock) => new MarkOverdueLendsOfStock(context, stock),
};
