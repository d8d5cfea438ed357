import { describeEventStore } from '../event-store.contract.ts';
import { storeOnFreshDatabase } from './store-on-fresh-database.ts';

describeEventStore('PostgreSQL', async () => ({ ...(await storeOnFreshDatabase()), recognisesIds: 'anywhere' }));
