import type { ProjectionAnswer, ProjectionRunAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

type RunKind = ProjectionRunAnswer['kind'];

const kinds: readonly RunKind[] = ['rebuild', 'verify'];

/** The outbox of the webhooks has its lines deleted as they are sent: events cannot be replayed into it. */
const outbox = 'webhooks';

/** What can be done about the live table of a projection. */
export function RunButtons({ projection: { name, store, state, run } }: { projection: ProjectionAnswer }) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const notices = useNotices();
  const { isBusy, act } = useAction();
  if (store !== 'PostgreSQL' || state !== 'live' || name === outbox) return null;
  const request = async (kind: RunKind) => {
    const words = t.operate.runs[kind];
    const question = { title: words.title(name), text: words.question, action: t.operate.runs.kinds[kind] };
    if (!(await confirm(question))) return;
    await holdfast.projections[kind](name);
    notices.done(words.requested(name));
  };
  const isOpen = (kind: RunKind) => run?.kind === kind && run.endedAt === null;
  return (
    <div class="side-by-side">
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          disabled={isBusy || isOpen(kind)}
          onClick={() => void act(() => request(kind))}
        >
          {t.operate.runs.kinds[kind]}
          <span class="unseen"> {name}</span>
        </button>
      ))}
      {run === null || run.endedAt !== null ? null : <OpenRun run={run} />}
    </div>
  );
}

function OpenRun({ run: { state, progress } }: { run: ProjectionRunAnswer }) {
  const { t, format } = useLanguage();
  const { states, runningAt } = t.operate.runs;
  return <span class="moment">{state === 'running' ? runningAt(format.percent(progress)) : states[state]}</span>;
}
