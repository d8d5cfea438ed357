import { useLanguage } from '../language/language.tsx';
import { useNow } from '../live/use-now.ts';

/** The time that is left, every second. It is not read out each time: the moment is. */
export function Countdown({ until, ended }: { until: string; ended: string }) {
  const { format } = useLanguage();
  const left = (Date.parse(until) - useNow(250)) / 1000;
  if (left <= 0) return <span>{ended}</span>;
  return (
    <time dateTime={until} title={format.moment(until)}>
      {format.clock(left)}
    </time>
  );
}
