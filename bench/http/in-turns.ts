import type { LoadAnswer } from './clients.ts';
import { summarize, type Measured } from './measured.ts';

/** In turns, so that drift of the machine affects all equally. */
export async function inTurns<Contender extends { readonly title: string }, Answer extends LoadAnswer>(
  contenders: readonly Contender[],
  rounds: number,
  ask: (contender: Contender, round: number) => Promise<Answer>,
): Promise<readonly Measured<Answer>[]> {
  const answers = contenders.map((): Answer[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) answers[index]?.push(await ask(contender, round));
  }
  return contenders.map(({ title }, index) => summarize(title, answers[index] ?? []));
}
