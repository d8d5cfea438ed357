import { describeEventStore } from '../event-store.contract.ts';
import { storeOnFreshDatabase } from '#dev/testing';

describeEventStore('PostgreSQL', async () => ({ ...(await storeOnFreshDatabase()), recognisesIds: 'anywhere' }));
