import type { ParkedStreamAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { Id } from '../parts/id.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

/** An attempt that fails changes no count, so they are read from time to time while there are any. */
const readAgainMs = 5_000;

/** Streams of which an event could not be applied. They are read again when their `count` is another. */
export function ParkedStreams({ count }: { count: number }) {
  const { t, format } = useLanguage();
  const words = t.operate.parked;
  const read = useAnswer(
    async (signal) => (await holdfast.projections.get({ signal })).parked,
    [count],
    count === 0 ? {} : { everyMs: readAgainMs },
  );
  return (
    <Section title={words.title}>
      <Answered of={read} lines={1} empty={words.none}>
        {(rows) => (
          <Table
            caption={words.title}
            rows={rows}
            keyOf={({ projection, stream }) => `${projection} ${stream}`}
            columns={[
              { head: t.operate.projections.name, cell: ({ projection }) => projection },
              { head: words.stream, cell: ({ stream }) => <Id of={stream} /> },
              { head: words.revision, isNumber: true, cell: ({ revision }) => format.number(revision) },
              { head: t.operate.projections.error, cell: ({ error }) => <span class="said">{error}</span> },
              { head: words.attempts, isNumber: true, cell: ({ attempts }) => format.number(attempts) },
              { head: words.action, cell: (parked) => <Actions parked={parked} changed={read.reload} /> },
            ]}
          />
        )}
      </Answered>
    </Section>
  );
}

interface ActionsProps {
  readonly parked: ParkedStreamAnswer;
  readonly changed: () => void;
}

function Actions({ parked: { projection, stream, revision, action }, changed }: ActionsProps) {
  const { t, format } = useLanguage();
  const words = t.operate.parked;
  const confirm = useConfirm();
  const notices = useNotices();
  const { isBusy, act } = useAction();
  const retry = async () => {
    await holdfast.projections.retryParked(projection, stream);
    notices.done(words.retried(stream));
    changed();
  };
  const skip = async () => {
    const text = words.skipQuestion(format.number(revision), stream, projection);
    if (!(await confirm({ title: words.skipTitle, text, action: words.skip, isDestructive: true }))) return;
    await holdfast.projections.skipParked(projection, stream);
    notices.done(words.skipped(stream));
    changed();
  };
  return (
    <div class="side-by-side">
      <button type="button" disabled={isBusy} onClick={() => void act(retry)}>
        {words.retry}
        <span class="unseen"> {stream}</span>
      </button>
      <button type="button" disabled={isBusy} onClick={() => void act(skip)}>
        {words.skip}
        <span class="unseen"> {stream}</span>
      </button>
      <span class="moment">{action === null ? null : words.actions[action]}</span>
    </div>
  );
}
