/** What Stryker writes: of each file its text, and what became of each change of it. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** A change after which the code does the same, and why: found by its text, wherever in the file that stands. */
export interface Equivalent {
  readonly file: string;
  /** The whole line, as it becomes. */
  readonly becomes: string;
  readonly why: string;
}

const toldStatuses = ['Killed', 'Timeout', 'CompileError', 'RuntimeError', 'Ignored'];

/** A line for each mutant that survived and has no name. */
export function unnamedSurvivors(report: Report, equivalents: readonly Equivalent[]): string[] {
  return Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const names = new Set(equivalents.filter((one) => one.file === file).map(({ becomes }) => becomes));
    return mutants
      .filter(({ status }) => !toldStatuses.includes(status))
      .map((mutant) => ({ line: mutant.location.start.line, becomes: lineOf(source, mutant) }))
      .filter(({ becomes }) => !names.has(becomes))
      .map(({ line, becomes }) => `${file}:${line} no test tells when it becomes: ${becomes}`);
  });
}

/** The line on which the change begins; what is changed over several lines ends with the last of them. */
function lineOf(source: string, { location: { start, end }, replacement = '' }: Mutant): string {
  const lines = source.split('\n');
  const before = lines[start.line - 1]?.slice(0, start.column - 1) ?? '';
  const after = lines[end.line - 1]?.slice(end.column - 1) ?? '';
  return (before + replacement + after).replaceAll(/\s+/g, ' ').trim();
}
