import { statusOf, type ErrorCode } from '../errors/codes.ts';
import { languages } from '../messages/languages.ts';
import { exampleOf, explanations } from './error-examples.ts';

interface Row {
  readonly code: string;
  readonly status: string;
  readonly meaning: string;
  readonly action: string;
}

function inWords(all: readonly string[]): string {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const named = all.map((language) => `${names.of(language)} (\`${language}\`)`);
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(named);
}

/** What a gateway answers with by itself. */
const ofGateways: readonly Row[] = [
  {
    code: 'METHOD_NOT_ALLOWED',
    status: '405',
    meaning: 'The gateway forwards no such method.',
    action: 'Correct the method.',
  },
  {
    code: 'UPSTREAM_UNAVAILABLE',
    status: '502, 503, 504',
    meaning: 'The service did not answer the gateway. After 502 and 504, it may have acted on the request.',
    action: 'Repeat the same request with the same Idempotency-Key after Retry-After.',
  },
];

function allRows(): readonly Row[] {
  const ours = (Object.keys(explanations) as ErrorCode[]).map((code): Row => {
    const { meaning, action } = explanations[code];
    return { code, status: String(statusOf[code]), meaning, action };
  });
  return [...ours, ...ofGateways].toSorted(
    (one, other) => one.status.localeCompare(other.status) || one.code.localeCompare(other.code),
  );
}

const introduction = [
  'Every error answer is JSON with the same fields. Decide by `code`; `statusMessage` is for people, in the language of ' +
    `\`Accept-Language\`: ${inWords(languages)}. \`Content-Language\` names it. ` +
    '`data` has the facts of the code. Give `requestId` to whoever operates the service: it is in ' +
    'the logs.',
  'With `Accept: application/problem+json`, an error comes as RFC 9457 specifies: with `type`, `title`, `status`, ' +
    '`detail` and `instance`, besides the fields above. `type` is `/docs/errors#` and the code. ' +
    'What a gateway answers by itself (METHOD_NOT_ALLOWED, UPSTREAM_UNAVAILABLE) is always JSON, and in English.',
  'Retry after 429 and 503 when `Retry-After` has passed, and after a lost connection at once, with the same ' +
    '`Idempotency-Key`: the request is executed once. A rejection is an answer too. A request that was rejected, such as ' +
    'with INSUFFICIENT_STOCK, gets the same rejection again for 24 hours, unless the operator has set another time, even if there is stock by now. To try again, ' +
    'send a new key. After VALIDATION_FAILED, 429 and 503, send the same key again.',
];

/** The page of docs/guide. */
export function errorsMarkdown(): string {
  const example = JSON.stringify(exampleOf('INSUFFICIENT_STOCK'), null, 2);
  const rows = allRows().map(
    ({ code, status, ...texts }) => `| ${status} | \`${code}\` | ${texts.meaning} | ${texts.action} |`,
  );
  return [
    '# Errors',
    introduction[0],
    `\`\`\`json\n${example}\n\`\`\``,
    ...introduction.slice(1),
    ['<!-- prettier-ignore -->', '| status | code | meaning | what to do |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
  table { border-collapse: collapse; }
  th, td { border-bottom: 1px solid #ccc; padding: 0.4rem 0.8rem 0.4rem 0; text-align: left; vertical-align: top; }
  tr:target { background: #fff3bf; }
`;

/** The page that the `type` of a problem leads to. */
export function errorsHtml(): string {
  const rows = allRows().map(
    ({ code, status, meaning, action }) =>
      `<tr id="${code}"><td>${status}</td><th scope="row">${code}</th><td>${html(meaning)}</td><td>${html(action)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast: errors</title>
<style>${style}</style>
</head>
<body>
<h1>Errors</h1>
${introduction.map((text) => `<p>${html(text)}</p>`).join('\n')}
<table>
<thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Meaning</th><th scope="col">What to do</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

/** Escapes the text, and shows what is in backticks as code. */
function html(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll(/`([^`]*)`/g, '<code>$1</code>');
}
