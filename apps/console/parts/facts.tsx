import { Fragment, type ComponentChildren } from 'preact';

interface FactsProps {
  readonly of: readonly (readonly [name: string, value: ComponentChildren])[];
}

/** What is known of one thing, each with its name. */
export function Facts({ of }: FactsProps) {
  return (
    <dl class="facts">
      {of.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
