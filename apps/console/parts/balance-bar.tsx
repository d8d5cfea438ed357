import { useLanguage } from '../language/language.tsx';

export interface Balance {
  readonly stock: number;
  readonly held: number;
  readonly reserved: number;
  readonly lent: number;
  readonly taken: number;
}

/** Where the units of a stock are: one bar, and the numbers beside it, which do not depend on colour. */
export function BalanceBar({ balance }: { balance: Balance }) {
  const { t, format } = useLanguage();
  const parts = [
    ['available', balance.stock],
    ['held', balance.held],
    ['reserved', balance.reserved],
    ['lent', balance.lent],
    ['taken', balance.taken],
  ] as const;
  const total = parts.reduce((sum, [, units]) => sum + units, 0);
  return (
    <div class="balance">
      <div class="balance-bar" aria-hidden="true">
        {parts.map(([name, units]) => (
          <span key={name} class={name} style={{ flexGrow: total === 0 ? 0 : units }} />
        ))}
      </div>
      <dl>
        {parts.map(([name, units]) => (
          <div key={name} data-part={name}>
            <dt>
              <span class={`swatch ${name}`} aria-hidden="true" />
              {t.frame.balance[name]}
            </dt>
            <dd>{format.number(units)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
