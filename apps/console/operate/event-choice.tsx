import { useLanguage } from '../language/language.tsx';
import { anyEvent, eventTypes, type WantedEvent } from './event-types.ts';

interface EventChoiceProps {
  readonly chosen: readonly WantedEvent[];
  readonly choose: (events: readonly WantedEvent[]) => void;
}

/** Which events a webhook is sent. */
export function EventChoice({ chosen, choose }: EventChoiceProps) {
  const { t } = useLanguage();
  const words = t.operate.webhooks;
  const isAll = chosen.includes(anyEvent);
  const toggle = (type: WantedEvent, isWanted: boolean) =>
    choose(isWanted ? [...chosen, type] : chosen.filter((other) => other !== type));
  return (
    <fieldset class="event-types">
      <legend>{words.events}</legend>
      <label class="all">
        <input
          type="checkbox"
          checked={isAll}
          onChange={({ currentTarget }) => choose(currentTarget.checked ? [anyEvent] : [])}
        />
        {words.allEvents}
      </label>
      {eventTypes.map((type) => (
        <label key={type}>
          <input
            type="checkbox"
            checked={isAll || chosen.includes(type)}
            disabled={isAll}
            onChange={({ currentTarget }) => toggle(type, currentTarget.checked)}
          />
          {type}
        </label>
      ))}
    </fieldset>
  );
}
