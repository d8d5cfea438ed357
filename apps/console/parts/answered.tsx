import type { ComponentChildren } from 'preact';
import type { HoldfastError } from '#client';
import { useLanguage } from '../language/language.tsx';

interface Read<Value> {
  readonly value: Value | undefined;
  readonly error: HoldfastError | undefined;
  readonly reload?: () => void;
}

interface AnsweredProps<Value> {
  readonly of: Read<Value>;
  /** Lines of the placeholder, about as many as there will be, so that nothing jumps. */
  readonly lines?: number;
  /** Shown in place of an empty list. */
  readonly empty?: ComponentChildren;
  readonly children: (value: Value) => ComponentChildren;
}

/** What was read; or that it is being read, or why it could not be, or that there is nothing. */
export function Answered<Value>({ of, lines = 4, empty, children }: AnsweredProps<Value>) {
  const { t } = useLanguage();
  if (of.value === undefined && of.error === undefined) {
    return (
      <div class="placeholder" role="status" aria-label={t.frame.loading}>
        {Array.from({ length: lines }, (_, at) => (
          <span key={at} />
        ))}
      </div>
    );
  }
  const failed = of.error === undefined ? null : <Failed error={of.error} reload={of.reload} />;
  if (of.value === undefined) return failed;
  const isEmpty = empty !== undefined && Array.isArray(of.value) && of.value.length === 0;
  return (
    <>
      {failed}
      {isEmpty ? <p class="empty">{empty}</p> : children(of.value)}
    </>
  );
}

function Failed({ error, reload }: { error: HoldfastError; reload?: (() => void) | undefined }) {
  const { t } = useLanguage();
  return (
    <div class="failed" role="alert">
      <p>{messageOf(error, t.frame.errors)}</p>
      <small>
        {error.code}
        {error.requestId === undefined ? '' : ` · ${t.frame.requestId} ${error.requestId}`}
      </small>
      {reload === undefined ? null : (
        <button type="button" onClick={reload}>
          {t.frame.tryAgain}
        </button>
      )}
    </div>
  );
}

type OwnErrors = Readonly<Record<'CONNECTION_FAILED' | 'TIMED_OUT' | 'ANSWER_UNREADABLE' | 'SESSION_ENDED', string>>;

/** The API says it in the language of the page; what the client says itself is translated here. */
export function messageOf(error: HoldfastError, own: OwnErrors): string {
  return error.code in own ? own[error.code as keyof OwnErrors] : error.message;
}
