import { hrefOf } from '../place.ts';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly path: readonly string[]; readonly label: string; readonly isHere: boolean }[];
}

/** Links to the pages of a part. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ path, label: text, isHere }) => (
        <a key={text} href={hrefOf(path)} aria-current={isHere ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
