import { visit } from 'jsonc-parser';
import { problem, type Problem } from '../errors/problem.ts';

/** What comes after may go down into a body by recursion: into this much, and no more. Its message names the number. */
const levelsMax = 32;
/** Fields and entries of lists in all: what comes after looks at each of them several times. */
export const valuesMax = 2000;

/** Why a parsed body is not accepted, whatever its fields are. */
export function faultOf(body: unknown): Problem | undefined {
  if (!isNested(body) || Array.isArray(body)) return problem('BODY_MALFORMED');
  let values = 0;
  // Level by level rather than by recursion, which the body could exhaust.
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

/** The names that one object of valid JSON has more than once, with the path to them: JSON.parse keeps the last alone. */
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
