import { finish, type Steps } from '../aggregate.ts';

interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly priority: number;
  readonly left: Node<V> | undefined;
  readonly right: Node<V> | undefined;
}

/**
 * An immutable sorted map: `set` and `delete` return a new map that shares all but a few nodes with the old one. A
 * state with ten thousand holds can thus be evolved and discarded cheaply.
 *
 * It is a treap whose priorities are hashes of the keys: balanced with high probability, and with the same shape for
 * the same content, so that equal maps are deeply equal.
 */
export class SortedMap<V> {
  readonly size: number;
  readonly #root: Node<V> | undefined;

  private constructor(root: Node<V> | undefined, size: number) {
    this.#root = root;
    this.size = size;
  }

  static readonly empty: SortedMap<never> = new SortedMap<never>(undefined, 0);

  static from<V>(entries: Iterable<readonly [string, V]>): SortedMap<V> {
    return finish(SortedMap.inSteps(entries));
  }

  static *inSteps<V>(entries: Iterable<readonly [string, V]>): Steps<SortedMap<V>> {
    const all = [...entries];
    const isAscending = all.every(([key], index) => index === 0 || (all[index - 1]?.[0] ?? '') < key);
    if (isAscending) return new SortedMap(yield* ofAscending(all), all.length);
    return all.reduce<SortedMap<V>>((map, [key, value]) => map.set(key, value), SortedMap.empty);
  }

  get(key: string): V | undefined {
    let node = this.#root;
    while (node !== undefined && node.key !== key) node = key < node.key ? node.left : node.right;
    return node?.value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): SortedMap<V> {
    return new SortedMap(insert(this.#root, key, value, priorityOf(key)), this.has(key) ? this.size : this.size + 1);
  }

  delete(key: string): SortedMap<V> {
    return this.has(key) ? new SortedMap(remove(this.#root, key), this.size - 1) : this;
  }

  first(): readonly [string, V] | undefined {
    let node = this.#root;
    while (node?.left !== undefined) node = node.left;
    return node && [node.key, node.value];
  }

  *[Symbol.iterator](): Generator<readonly [string, V]> {
    const path: Node<V>[] = [];
    for (let node = this.#root; node !== undefined || path.length > 0; node = node.right) {
      for (; node !== undefined; node = node.left) path.push(node);
      node = path.pop() as Node<V>;
      yield [node.key, node.value];
    }
  }

  toJSON(): (readonly [string, V])[] {
    return [...this];
  }
}

interface Growing<V> {
  key: string;
  value: V;
  priority: number;
  left: Growing<V> | undefined;
  right: Growing<V> | undefined;
}

const nodesEachStep = 1000;

/** The same tree as that of one `set` after the other, many times faster. */
function* ofAscending<V>(entries: readonly (readonly [string, V])[]): Steps<Node<V> | undefined> {
  /** From the root down its right side. */
  const side: Growing<V>[] = [];
  for (const [index, [key, value]] of entries.entries()) {
    if (index % nodesEachStep === nodesEachStep - 1) yield;
    const node: Growing<V> = { key, value, priority: priorityOf(key), left: undefined, right: undefined };
    for (let last = side.at(-1); last !== undefined && last.priority < node.priority; last = side.at(-1)) {
      node.left = side.pop();
    }
    const above = side.at(-1);
    if (above !== undefined) above.right = node;
    side.push(node);
  }
  return side[0];
}

function insert<V>(node: Node<V> | undefined, key: string, value: V, priority: number): Node<V> {
  if (node === undefined) return { key, value, priority, left: undefined, right: undefined };
  if (key === node.key) return { ...node, value };
  if (priority > node.priority) {
    const [left, right] = split(node, key);
    return { key, value, priority, left, right };
  }
  return key < node.key
    ? { ...node, left: insert(node.left, key, value, priority) }
    : { ...node, right: insert(node.right, key, value, priority) };
}

/** Splits into the entries before and after the key. */
function split<V>(node: Node<V> | undefined, key: string): [Node<V> | undefined, Node<V> | undefined] {
  if (node === undefined) return [undefined, undefined];
  if (node.key < key) {
    const [left, right] = split(node.right, key);
    return [{ ...node, right: left }, right];
  }
  const [left, right] = split(node.left, key);
  return [left, { ...node, left: right }];
}

function remove<V>(node: Node<V> | undefined, key: string): Node<V> | undefined {
  if (node === undefined) return undefined;
  if (key === node.key) return join(node.left, node.right);
  return key < node.key ? { ...node, left: remove(node.left, key) } : { ...node, right: remove(node.right, key) };
}

/** Joins two maps; all keys of the first are before those of the second. */
function join<V>(first: Node<V> | undefined, second: Node<V> | undefined): Node<V> | undefined {
  if (first === undefined) return second;
  if (second === undefined) return first;
  return first.priority > second.priority
    ? { ...first, right: join(first.right, second) }
    : { ...second, left: join(first, second.left) };
}

/** FNV-1a with a final mix, so that similar keys do not get similar priorities. */
function priorityOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
