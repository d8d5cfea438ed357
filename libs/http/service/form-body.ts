import { problem, type Problem } from '../errors/problem.ts';
import { valuesMax } from './json-body.ts';

export interface FormBody {
  readonly body: Readonly<Record<string, string>>;
  readonly repeated: ReadonlySet<string>;
}

/** The fields of a form, and the names that occur more than once. */
export function readForm(text: string): FormBody | Problem {
  if (text.split('&', valuesMax + 1).length > valuesMax) return problem('TOO_MANY_VALUES', { valuesMax });
  const fields = [...new URLSearchParams(text)];
  const names = new Set<string>();
  const repeated = new Set<string>();
  for (const [name] of fields) (names.has(name) ? repeated : names).add(name);
  return { body: Object.fromEntries(fields), repeated };
}
