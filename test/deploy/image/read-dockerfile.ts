import { readText } from '../code.ts';

export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

export interface Build {
  readonly instructions: readonly Instruction[];
  /** The lines of .dockerignore: what is left out, and with ! what is not. */
  readonly ignored: readonly string[];
}

export function readBuild(dockerfile = readText('deploy/Dockerfile'), ignore = readText('.dockerignore')): Build {
  const lines = dockerfile.replaceAll(/\\\n\s*/g, '').split('\n');
  return {
    instructions: lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ keyword: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) })),
    ignored: ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
  };
}

/** What every instruction of a kind says, in the last stage alone or in all of them. */
export function all({ instructions }: Build, keyword: string, stage: 'last' | 'any' = 'any'): string[] {
  const from = stage === 'last' ? instructions.findLastIndex((instruction) => instruction.keyword === 'FROM') : 0;
  return instructions
    .slice(from)
    .filter((instruction) => instruction.keyword === keyword)
    .map(({ rest }) => rest);
}

/** What is copied from the repository, rather than from another stage. */
export function copied(build: Build): string[] {
  return all(build, 'COPY')
    .filter((rest) => !rest.startsWith('--from='))
    .flatMap((rest) => rest.split(' ').slice(0, -1));
}

/** The words of an exec form; undefined for a shell form, whose shell would keep the signals to itself. */
export function execForm(rest: string | undefined): string[] | undefined {
  const start = rest?.indexOf('[') ?? -1;
  return rest === undefined || start < 0 ? undefined : (JSON.parse(rest.slice(start)) as string[]);
}
