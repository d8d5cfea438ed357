import type { CheckAnswer, ServiceAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Badge } from '../parts/badge.tsx';

/** Whether a process can serve everything, something or nothing, as far as it reports. */
export function ServiceState({ of: { phase, isReporting, saidAt, checks } }: { of: ServiceAnswer }) {
  const { t, format } = useLanguage();
  const words = t.operate.services;
  if (!isReporting) return <Badge tone="bad">{words.silent(format.time(saidAt))}</Badge>;
  if (phase !== 'ready') return <Badge tone="warn">{words.phases[phase]}</Badge>;
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0) return <Badge tone="good">{words.phases.ready}</Badge>;
  return failed.some(({ essential }) => essential) ? (
    <Badge tone="bad">{words.unable}</Badge>
  ) : (
    <Badge tone="warn">{words.degraded}</Badge>
  );
}

/** What a process depends on. Checks that failed are seen at once, with why; a projector has one for each projection. */
export function ServiceChecks({ of: checks }: { of: readonly CheckAnswer[] }) {
  const { t, format } = useLanguage();
  const words = t.operate.services;
  const passed = checks.filter(({ ok }) => ok);
  return (
    <>
      <ul class="plain">
        {checks
          .filter(({ ok }) => !ok)
          .map(({ name, essential, error }) => (
            <li key={name} class="said">
              <strong>{words.failed(name, error ?? words.noReason)}</strong>
              {essential ? <small> ({words.essential})</small> : null}
            </li>
          ))}
      </ul>
      <details class="more-of-it">
        <summary>{words.passed(format.number(passed.length))}</summary>
        <p class="said">{passed.map(({ name }) => name).join(', ')}</p>
      </details>
    </>
  );
}
