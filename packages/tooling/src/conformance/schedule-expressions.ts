import { parseScheduleExpression } from '@interstate/eventbridge';
import { readCases } from './folder.ts';
import { shown } from '@interstate/testing/internal';
import { runChecks, type Suite } from './suite.ts';

interface Row {
  readonly service: 'events-rule' | 'scheduler';
  readonly expression: string;
  readonly valid: boolean;
}

/** Which `rate`, `cron` and `at` expressions rules and Scheduler take. */
export const scheduleExpressions: Suite = {
  id: 'schedule-expressions',
  run(folder, options) {
    const rows = readCases<Row[]>(folder, 'messaging', 'schedule-expressions.json');
    return rows && runChecks('schedule-expressions', rows.map((row) => ({ id: `${row.service} ${row.expression}`, rule: row.service, check: () => checkRow(row) })), options);
  },
};

function checkRow({ service, expression, valid }: Row): string | undefined {
  const parsed = parseScheduleExpression(expression, service === 'scheduler' ? 'scheduler' : 'rule');
  return (parsed.type !== 'fault') === valid ? undefined : `${expression}: expected ${valid ? 'a schedule' : 'a refusal'}, got ${shown(parsed)}`;
}
