import { useEffect, useRef } from 'preact/hooks';
import { useLanguage } from '../language/language.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Section } from '../parts/section.tsx';

/** The secret of a webhook, which the API tells once. */
export function Secret({ of, hide }: { of: string; hide: () => void }) {
  const { t } = useLanguage();
  const words = t.operate.webhooks;
  const notices = useNotices();
  const copyButton = useRef<HTMLButtonElement>(null);
  // It is far from the button that made it, and there only once.
  useEffect(() => copyButton.current?.focus(), [of]);
  const copy = async () => {
    try {
      // Over plain HTTP there is no clipboard.
      await navigator.clipboard.writeText(of);
      notices.done(words.copied);
    } catch {
      notices.done(words.copyFailed);
    }
  };
  return (
    <Section title={words.secret}>
      <p>{words.secretOnce}</p>
      <code class="secret">{of}</code>
      <div class="actions">
        <button ref={copyButton} type="button" class="primary" onClick={() => void copy()}>
          {words.copy}
        </button>
        <button type="button" onClick={hide}>
          {words.hide}
        </button>
      </div>
    </Section>
  );
}
