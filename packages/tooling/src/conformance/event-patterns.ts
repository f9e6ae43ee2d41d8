import { compilePattern, eventBridgeDialect, parsePattern, readEventText } from '@interstate/event-patterns';
import { shown } from '@interstate/testing/internal';
import { readCases } from './folder.ts';
import { runChecks, type Suite } from './suite.ts';

interface Row {
  readonly id: string;
  readonly origin: string;
  readonly pattern: unknown;
  readonly event: unknown;
  /** Where plain JSON parsing would lose meaning. */
  readonly patternText?: string;
  readonly eventText?: string;
  readonly matches: boolean | 'error';
  readonly error?: { readonly code: string; readonly message: string };
}

/** Which patterns match which events, and which are none: recorded from EventBridge and from its rule engine. */
export const eventPatterns: Suite = {
  id: 'event-patterns',
  run(folder, options) {
    const rows = ['event-patterns.json', 'event-patterns-more.json'].flatMap((file) => readCases<Row[]>(folder, 'messaging', file) ?? []);
    return rows.length === 0 ? undefined : runChecks('event-patterns', rows.map((row) => ({ id: row.id, rule: row.origin.split(/[:;]/)[0]!, check: () => checkRow(row) })), options);
  },
};

function checkRow({ pattern, patternText = JSON.stringify(pattern), event, eventText = JSON.stringify(event), matches, error }: Row): string | undefined {
  const told = `${patternText} on ${shown(event)}`;
  const parsed = parsePattern(patternText, eventBridgeDialect);
  if (parsed.type === 'fault') {
    if (matches !== 'error') return `${told}: expected ${matches}, got ${shown(parsed)}`;
    if (error === undefined) return undefined;
    const got = { code: parsed.code, message: firstLine(parsed.message) };
    return got.code === error.code && got.message === firstLine(error.message) ? undefined : `${told}: expected ${shown(error)}, got ${shown(got)}`;
  }
  const match = compilePattern(parsed);
  const read = readEventText(eventText);
  const answers = [read !== undefined && match(read), ...(eventText === JSON.stringify(event) ? [match(event)] : [])];
  return answers.every((answer) => answer === matches) ? undefined : `${told}: expected ${matches}, got ${answers.join(' and ')}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
