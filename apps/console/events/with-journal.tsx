import type { ComponentChildren } from 'preact';
import type { HoldfastError } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Section } from '../parts/section.tsx';

interface WithJournalProps {
  readonly of: { readonly error: HoldfastError | undefined; readonly reload: () => void };
  readonly children: ComponentChildren;
}

/** What reads the journal; or, if there is none, what it is and how there will be one. */
export function WithJournal({ of: { error, reload }, children }: WithJournalProps) {
  const { t } = useLanguage();
  if (error?.code !== 'JOURNAL_OFF' && error?.code !== 'JOURNAL_NOT_BUILT') return <>{children}</>;
  return (
    <Section title={t.events.journal.title}>
      <p>{t.events.journal.about}</p>
      <p>{error.code === 'JOURNAL_OFF' ? t.events.journal.off : t.events.journal.notBuilt}</p>
      <div class="actions">
        <button type="button" onClick={reload}>
          {t.frame.tryAgain}
        </button>
      </div>
    </Section>
  );
}
