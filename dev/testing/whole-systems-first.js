import { join, sep } from 'node:path';
import Sequencer from '@jest/test-sequencer';

const wholeSystems = join(import.meta.dirname, '../../test') + sep;

/** The tests of whole systems take longest: if one of them is begun last, the other worker has nothing to do. */
export default class extends Sequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- this is no array
    const { whole = [], parts = [] } = Object.groupBy(super.sort(tests), ({ path }) =>
      path.startsWith(wholeSystems) ? 'whole' : 'parts',
    );
    return [...whole, ...parts];
  }
}
