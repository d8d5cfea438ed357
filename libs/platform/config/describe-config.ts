import { entries, type Config } from './read-config.ts';
import type { Setting } from './setting.ts';

/** The configuration in effect, by variable, with secrets and passwords hidden. */
export function showConfig(config: Config): Record<string, string> {
  return Object.fromEntries(
    entries().map(([name, setting]) => [
      setting.variable,
      setting.secret === true ? '(hidden)' : asText(setting, config[name]),
    ]),
  );
}

function asText(setting: Setting<unknown>, value: unknown): string {
  return setting.show?.(value) ?? hidePassword(String(value));
}

export function hidePassword(text: string): string {
  return text.replace(/(:\/\/[^:/@\s]*):[^@\s]*@/, '$1:(hidden)@');
}

/** The table of docs/settings.md. */
export function configTable(): string {
  const rows = entries().map(([, { variable, describe, unit, bounds, default: fallback }]) => {
    const shown = fallback === undefined ? '*required*' : code(`${fallback as string | number | boolean}`);
    return `| \`${variable}\` | ${describe} | ${[bounds, unit].filter(Boolean).join(' ')} | ${shown} |`;
  });
  return ['| variable | description | values | default |', '|---|---|---|---|', ...rows].join('\n');
}

function code(value: string): string {
  return value === '' ? 'empty' : `\`${value}\``;
}
