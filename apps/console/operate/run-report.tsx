import type { ProjectionRunAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Badge, type Tone } from '../parts/badge.tsx';
import { CancelRun } from './cancel-run.tsx';
import { RunDifferences } from './run-differences.tsx';

interface RunProps {
  readonly run: ProjectionRunAnswer;
}

/** A rebuild or a verification: how far it is, and what it has found. */
export function RunReport({ run }: RunProps) {
  const { t, format } = useLanguage();
  const words = t.operate.runs;
  const { projection, kind, state, requestedAt, endedAt, differences } = run;
  const isDifferent = differences !== null && differences > 0;
  return (
    <li class="run" data-run={run.id} data-state={state}>
      <h3>{words[kind].of(projection)}</h3>
      <Badge tone={toneOf(run)}>{isDifferent ? words.different : words.states[state]}</Badge>
      <small class="moment">
        {endedAt === null ? words.requestedAt(format.time(requestedAt)) : words.endedAt(format.moment(endedAt))}
      </small>
      {endedAt === null ? <Progress run={run} /> : <Result run={run} />}
      {endedAt === null ? <CancelRun run={run} /> : null}
    </li>
  );
}

function toneOf({ state, differences }: ProjectionRunAnswer): Tone {
  if (state === 'failed') return 'bad';
  if (state === 'done') return differences === null || differences === 0 ? 'good' : 'bad';
  return state === 'running' ? 'warn' : 'quiet';
}

function Progress({ run: { projection, kind, state, progress, events, error } }: RunProps) {
  const { t, format } = useLanguage();
  const words = t.operate.runs;
  if (state === 'requested') return <p>{error === null ? words.waits : words.waitsAfter(error)}</p>;
  const count = format.number(events);
  return (
    <>
      <progress max={1} value={progress} aria-label={words[kind].of(projection)} />
      <p>{progress < 1 ? words.replayed(format.percent(progress), count) : words.finishing(count)}</p>
    </>
  );
}

function Result({ run }: RunProps) {
  const { t, format } = useLanguage();
  const words = t.operate.runs;
  const { kind, state, events, generation, rows, differences, error } = run;
  if (state === 'failed') {
    return (
      <p class="failed" role="alert">
        {error}
      </p>
    );
  }
  if (state === 'cancelled') return <p>{words[kind].cancelled}</p>;
  if (kind === 'rebuild') return <p>{words.rebuilt(format.number(events), format.number(generation ?? 0))}</p>;
  const compared = format.number(rows ?? 0);
  if (differences === null || differences === 0) return <p>{words.matches(compared)}</p>;
  return (
    <>
      <p>{words.differs(format.number(differences), compared)}</p>
      <RunDifferences run={run} />
    </>
  );
}
