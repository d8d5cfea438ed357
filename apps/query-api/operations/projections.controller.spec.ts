import type { UseCases } from '#use-cases/bus';
import type { FollowedList } from '../edge/live/followed.ts';
import { ListProjections } from './list-projections.ts';
import { ProjectionsController } from './projections.controller.ts';

const differencesShown = [{ where: 'PostgreSQL', key: 'a', expected: null, found: '{}' }];
const run = { id: 7, state: 'done', requestedAt: new Date(0), differences: 1, differencesShown };
const useCases = {
  ask: async (query: object) => (query instanceof ListProjections ? [{ name: 'availability', run }] : []),
};

describe('the list of projections', () => {
  it('has the differences that a verification found; its stream has only their number', async () => {
    const controller = new ProjectionsController(useCases as unknown as UseCases);
    const context = { query: {}, isStream: false } as unknown as Parameters<typeof controller.listProjections>[1];
    expect(await controller.listProjections({}, context)).toMatchObject({
      projections: [{ run: { differencesShown } }],
    });
    const followed = await controller.listProjections({}, { ...context, isStream: true });
    const rows = await (followed as FollowedList).what.rows();
    expect(rows).toMatchObject([{ value: { run: { id: 7, differences: 1, differencesShown: [] } } }]);
  });
});
