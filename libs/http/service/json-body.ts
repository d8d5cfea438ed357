import { visit } from 'jsonc-parser';
import { problem, type Problem } from '../errors/problem.ts';

/** Maximum nesting, because later code may recurse into a body. The error message names this number. */
const levelsMax = 32;
/** Maximum total number of fields and list entries, because later code visits each several times. */
export const valuesMax = 2000;

/** Why a parsed body is rejected, regardless of its fields. */
export function faultOf(body: unknown): Problem | undefined {
  if (!isNested(body) || Array.isArray(body)) return problem('BODY_MALFORMED');
  let values = 0;
  // Level by level instead of recursively, because a body could exhaust the stack.
  let level: object[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === levelsMax) return problem('BODY_MALFORMED');
    const below = level.flatMap((nested) => Object.values(nested) as unknown[]);
    values += below.length;
    if (values > valuesMax) return problem('TOO_MANY_VALUES', { valuesMax });
    level = below.filter(isNested);
  }
  return undefined;
}

/** Duplicate names in an object of valid JSON, with their path: JSON.parse keeps only the last one. */
export function repeatedInJson(text: string): ReadonlySet<string> {
  const repeated = new Set<string>();
  const objects: Set<string>[] = [];
  visit(text.startsWith('\ufeff') ? text.slice(1) : text, {
    onObjectBegin: () => void objects.push(new Set()),
    onObjectEnd: () => void objects.pop(),
    onObjectProperty: (name, _offset, _length, _line, _character, pathOf) => {
      const names = objects.at(-1);
      if (names?.has(name) === true) repeated.add([...pathOf(), name].join('.'));
      else names?.add(name);
    },
  });
  return repeated;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
