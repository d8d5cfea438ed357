import { unnamedSurvivors, type Report } from './survivors.ts';

describe('the survivors of a report', () => {
  const source = 'one();\nif (a > b) {\n  two();\n}\n';
  const condition = { start: { line: 2, column: 5 }, end: { line: 2, column: 10 } };
  const block = { start: { line: 2, column: 12 }, end: { line: 4, column: 2 } };

  function reportOf(status: string): Report {
    const mutants = [
      { status, replacement: 'a >= b', location: condition },
      { status, replacement: '{}', location: block },
    ];
    return { files: { 'a.ts': { source, mutants } } };
  }

  it('are those that no test told, each with the line that it becomes', () => {
    for (const status of ['Survived', 'NoCoverage']) {
      expect(unnamedSurvivors(reportOf(status), [])).toEqual([
        'a.ts:2 no test tells when it becomes: if (a >= b) {',
        'a.ts:2 no test tells when it becomes: if (a > b) {}',
      ]);
    }
    expect(unnamedSurvivors(reportOf('Killed'), [])).toEqual([]);
  });

  it('are told apart from what is named as equivalent, in its own file alone', () => {
    const why = 'there is no difference';
    const named = [
      { file: 'a.ts', becomes: 'if (a >= b) {', why },
      { file: 'b.ts', becomes: 'if (a > b) {}', why },
    ];
    expect(unnamedSurvivors(reportOf('Survived'), named)).toHaveLength(1);
  });
});
