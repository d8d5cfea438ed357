import type { Equivalent } from './survivors.ts';

/** Mutants that no test can tell, and why. Whatever else survives should be told by a test. */
export const equivalents: readonly Equivalent[] = [
  ...inFile(
    'libs/domain/collections/sorted-map.ts',
    'equal keys were answered before: of two others, one comes first',
    [
      'while (node !== undefined && node.key !== key) node = key <= node.key ? node.left : node.right;',
      'return key <= node.key',
      'return key <= node.key ? { ...node, left: remove(node.left, key) } : { ...node, right: remove(node.right, key) };',
    ],
  ),
  ...inFile('libs/domain/collections/sorted-map.ts', 'what is split has not the key: it would have the same priority', [
    'if (node.key <= key) {',
  ]),
  ...inFile('libs/domain/collections/sorted-map.ts', 'what is split into nothing and nothing is taken apart at once', [
    'if (node === undefined) return [];',
  ]),
  ...inFile('libs/domain/collections/sorted-map.ts', 'only what is there is removed', ['if (false) return undefined;']),
  ...inFile('libs/domain/collections/sorted-map.ts', 'priorities change the depth of the tree, never what is in it', [
    'if (priority >= node.priority) {',
    'if (priority <= node.priority) {',
    'return true',
    'return false',
    'return first.priority >= second.priority',
    'return first.priority <= second.priority',
    'for (let index = 0; index <= key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);',
  ]),
  ...inFile(
    'libs/domain/stock/decide-claims.ts',
    'each entry by due time is of an open hold: both are put and taken as one',
    ['if (false || due.expiresAt > at || events.length >= expireAtOnceMax) break;'],
  ),
  ...inFile('libs/domain/stock/decide-claims.ts', 'a hold that has an owner and is not open has ended', [
    'switch (ended.end) {',
  ]),
  ...inFile('libs/domain/stock/stock.ts', 'the first of what is found is left aside; no hold has no id', [
    'const [, holdId] = stock.holdsByDue.first() ?? ["Stryker was here"];',
    'const next = false ? undefined : stock.holds.get(holdId);',
  ]),
  ...inFile(
    'libs/domain/stock/state.ts',
    'it goes on to the next case, which does the same for a hold that is not open',
    ["case 'UnitsHeld':"],
  ),
  ...inFile('libs/domain/stock/state.ts', 'whoever has an open hold is counted', [
    'const { count, units } = stock.holdsByCustomer.get(customerId) ?? {};',
  ]),
  ...inFile('libs/domain/stock/stock.ts', 'the first of what is found is left aside', [
    'const [, itemId, inventoryId, slotId] = stockStreamName.exec(name) ?? ["Stryker was here"];',
  ]),
  ...inFile('libs/domain/item.ts', 'it goes on to the next case, which does the same for what is on sale', [
    "case 'ItemReinstated':",
  ]),
  ...inFile('libs/domain/collections/recent.ts', 'a map in which something was just put has a first', [
    'return grown.size > countMax && true ? grown.delete(first[0]) : grown;',
  ]),
  ...inFile('libs/commands/command-queue.ts', 'whoever still waits was not told that they are in doubt', [
    'if (true) queued.drop();',
  ]),
  ...inFile('libs/commands/loaded-stream.ts', 'only an aggregate with a format has snapshots', [
    'state: true && (await inSlices(aggregate.snapshots.load(state))),',
  ]),
  ...inFile('libs/commands/stream-tip.ts', 'whatever is appended has a last event', [
    'lastEventId: events.at(-1).id,',
    'if (snapshots === undefined || format === undefined || false) return;',
  ]),
  ...inFile(
    'libs/commands/command-runtime.ts',
    'the writer that was used last is in the map, too: it is only found faster',
    ['if (false) return this.#latest[1];', 'this.#latest = [];', 'if (true) this.#latest = undefined;'],
  ),
  ...inFile('libs/commands/command-runtime.ts', 'it is asked again once the writer is idle', [
    'if (true) void this.#dropOnceIdle(stream, writer);',
  ]),
  ...inFile('libs/commands/command-runtime.ts', 'what is not in the map is not deleted from it', [
    'if (true) this.#writers.delete(stream);',
  ]),
  ...inFile(
    'libs/commands/command-runtime.ts',
    'no test can evict a writer, and make another, in the turn in which it is idle',
    ['if (!writer.hasEvents && true) this.#drop(stream);'],
  ),
  ...inFile('libs/commands/numbers.ts', 'a map in which something was just put has a first', [
    'if (this.#targets.size > this.#rememberedMax && true) this.#targets.delete(oldest);',
  ]),
  ...inFile('libs/commands/stream-writer.ts', 'only a rejection has a time since which it is made', [
    'const isNoted = verdicts.every((verdict) => false || (verdict.since ?? 0) <= loaded.lastAt);',
  ]),
];

function inFile(file: string, why: string, lines: readonly string[]): Equivalent[] {
  return lines.map((becomes) => ({ file, becomes, why }));
}
