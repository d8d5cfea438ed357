import { useLanguage } from '../language/language.tsx';
import type { Connection } from '../live/use-followed.ts';
import { Badge, type Tone } from './badge.tsx';

const tones: Record<Connection, Tone> = { connecting: 'quiet', live: 'good', reconnecting: 'warn', ended: 'bad' };

/** Whether what is shown follows the system just now. */
export function ConnectionBadge({ of }: { of: Connection }) {
  const { t } = useLanguage();
  return (
    <span role="status">
      <Badge tone={tones[of]}>{t.frame.connection[of]}</Badge>
    </span>
  );
}
