import { sellToMany } from './limits/sale.ts';
import { answer } from './projections/answer.ts';

await answer(sellToMany);
