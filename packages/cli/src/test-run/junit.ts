import type { TestFileReport } from './run-test-file.ts';

/** The reports as JUnit XML, which continuous integration servers read. */
export function junitXml(reports: readonly TestFileReport[]): string {
  const suites = reports.map(({ file, tests, fault }) => {
    const cases = tests.map(({ name, status, faults, tookMs }) => {
      const inner = status === 'skipped' ? '<skipped/>' : status === 'failed' ? `<failure message="${escape(faults[0] ?? '')}">${escape(faults.join('\n'))}</failure>` : '';
      return `    <testcase classname="${escape(file)}" name="${escape(name)}" time="${seconds(tookMs)}">${inner}</testcase>`;
    });
    if (fault !== undefined) cases.push(`    <testcase classname="${escape(file)}" name="can be run"><error message="${escape(fault)}"/></testcase>`);
    const failures = tests.filter(({ status }) => status === 'failed').length;
    const time = seconds(tests.reduce((sum, { tookMs }) => sum + tookMs, 0));
    return [`  <testsuite name="${escape(file)}" tests="${cases.length}" failures="${failures}" errors="${fault === undefined ? 0 : 1}" time="${time}">`, ...cases, '  </testsuite>'].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

function escape(text: string): string {
  return text.replace(/[&<>"\n\t]/g, (char) => ESCAPES[char]!).replace(/[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]/g, '');
}
