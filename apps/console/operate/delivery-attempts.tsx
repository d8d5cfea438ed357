import type { DeliveryAttemptAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';

/** The attempts of a delivery, with what the receiver answered; the last one is seen at once. */
export function DeliveryAttempts({ of: attempts }: { of: readonly DeliveryAttemptAnswer[] }) {
  const { t, format } = useLanguage();
  const words = t.operate.deliveries;
  const last = attempts.at(-1);
  if (last === undefined) return <>{words.noAttempt}</>;
  const answerOf = ({ status, error }: DeliveryAttemptAnswer) =>
    [status, error].filter((part) => part !== null && part !== '').join(' ') || words.noAnswer;
  return (
    <details class="more-of-it">
      <summary>{words.lastAttempt(format.number(attempts.length), String(last.status ?? words.noAnswer))}</summary>
      <ol class="plain">
        {attempts.map((attempt) => (
          <li key={attempt.at} class="said">
            {words.attempt(format.moment(attempt.at), answerOf(attempt), words.milliseconds(format.number(attempt.ms)))}
          </li>
        ))}
      </ol>
    </details>
  );
}
