import { readLog } from '#dev/servers';

const pollMs = 300;
const linesPerPollMax = 5;

/** Reports the warnings and errors that a service writes into its log from now on. */
export function watchLog(path: string, report: (line: string) => void): () => void {
  let { end } = readLog(path, 0, 0);
  let rest = '';
  const timer = setInterval(() => {
    const read = readLog(path, end);
    end = read.end;
    const lines = (rest + read.text).split('\n');
    rest = lines.pop() ?? '';
    const warnings = lines.map(warningIn).filter((line) => line !== undefined);
    for (const line of warnings.slice(0, linesPerPollMax)) report(line);
    if (warnings.length > linesPerPollMax) report(`… and ${warnings.length - linesPerPollMax} more in ${path}`);
  }, pollMs);
  timer.unref();
  return () => clearInterval(timer);
}

// The service and the time are omitted.
const context = ['level', 'time', 'service', 'pid', 'hostname', 'requestId', 'traceId', 'msg', 'err', 'ms'];
const warnLevel = 40;
const errorLevel = 50;

/** The text of a log line, if it is a warning or worse. */
export function warningIn(line: string): string | undefined {
  const entry = parse(line);
  if (entry === undefined) return /\b(?:WARN|ERROR|FATAL)\b/.test(line) ? line : undefined;
  const { level, msg, err } = entry;
  if (typeof level !== 'number' || level < warnLevel) return undefined;
  const facts = Object.entries(entry).filter(([name]) => !context.includes(name));
  const said = [textOf(msg), ...facts.map(([name, value]) => `${name}=${JSON.stringify(value)}`)];
  if (typeof err === 'object' && err !== null && 'message' in err) said.push(textOf(err.message));
  return `${level < errorLevel ? 'warning' : 'error'}: ${said.join(' ')}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
