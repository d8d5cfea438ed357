import type { OrderChangeAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Id } from '../parts/id.tsx';

/** What happened to an order, in order. */
export function OrderPath({ steps }: { steps: readonly OrderChangeAnswer[] }) {
  const { t, format } = useLanguage();
  const types: Readonly<Record<string, string>> = t.stock.order.types;
  const names: Readonly<Record<string, string>> = t.stock.order.details;
  const reasons: Readonly<Record<string, string>> = t.stock.order.reasons;
  return (
    <ol class="path">
      {steps.map((step) => (
        <li key={`${step.type} ${step.at}`}>
          <strong>{types[step.type] ?? step.type}</strong>
          <small>{format.moment(step.at)}</small>
          {Object.entries(step.details)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => (
              <span key={name}>
                {names[name] ?? name}: {typeof value === 'string' ? (reasons[value] ?? value) : JSON.stringify(value)}
              </span>
            ))}
          {step.actor === null ? <small>{t.stock.movements.automatic}</small> : <Id of={step.actor} />}
        </li>
      ))}
    </ol>
  );
}
