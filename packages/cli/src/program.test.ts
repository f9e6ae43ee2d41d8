import { describe, expect, it, onTestFinished } from 'vitest';
import { createFolder, runInTest } from './test-terminal.ts';
import { VERSION } from './version.ts';

const folderWith = (files: Readonly<Record<string, unknown>>): string => createFolder(files, onTestFinished);

describe('help', () => {
  it.each([
    { args: ['--version'], says: [VERSION] },
    { args: ['--help'], says: ['run [options] <definition>', 'validate [options] <files...>', 'Exit codes:'] },
    { args: ['run', '--help'], says: ['--virtual-time', '--functions <module>', 'Examples:', 'Exit codes:', 'stdout has the output alone'] },
    { args: ['validate', '--help'], says: ['--severity', 'Examples:', 'Exit codes:'] },
  ])('$args goes to stdout and is a success', async ({ args, says }) => {
    const { code, stdout, stderr } = await runInTest(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const text of says) expect(stdout).toContain(text);
  });
});

describe('wrong usage', () => {
  const pass = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
  it.each<{ args: string[]; says: string }>([
    { args: [], says: 'Usage: interstate' },
    { args: ['rnu'], says: 'Did you mean run?' },
    { args: ['run'], says: "missing required argument 'definition'" },
    { args: ['run', 'a.json', 'b.json'], says: 'too many arguments' },
    { args: ['run', 'a.json', '--virtaul-time'], says: 'Did you mean --virtual-time?' },
    { args: ['run', 'a.json', '--seed', 'x'], says: 'It must be an integer from 0 to 9007199254740991.' },
    { args: ['run', 'a.json', '--seed', '-1'], says: 'It must be an integer' },
    { args: ['run', 'a.json', '--seed', '9007199254740993'], says: 'It must be an integer' },
    { args: ['run', 'a.json', '--input'], says: 'argument missing' },
    { args: ['run', 'a.json', '--input', 'in.json'], says: '--input @in.json' },
    { args: ['run', 'a.json', '--input', '@'], says: 'the name of a file is missing' },
    { args: ['run', 'a.json', '--input', '@order.jsn'], says: 'order.jsn: there is no such file. Did you mean order.json?' },
    { args: ['run', 'a.json', '--input', '{"a":'], says: '--input, line 1, column 6' },
    { args: ['run', 'a.json', '--input', '[1,12345678901234567890]'], says: '12345678901234567890 is beyond 2^53' },
    { args: ['run', 'a.json', '--input', '@two.yaml'], says: 'an input is one YAML document' },
    { args: ['run', 'a.json', '--input', '-'], says: 'standard input, line 1, column 1' },
    { args: ['run', 'a.json', '--substitution', 'Name'], says: 'write NAME=VALUE' },
    { args: ['run', 'a.json', '--start-time', '2026-01-01'], says: '--start-time needs --virtual-time' },
    { args: ['run', 'a.json', '--virtual-time', '--start-time', 'noon'], says: "--start-time 'noon': write ISO 8601" },
    { args: ['run', 'a.json', '--functions', 'none.mjs'], says: 'There is no module "none.mjs"' },
    { args: ['run', 'a.json', '--query', '$[?(@.constructor.constructor("return process")())]'], says: '--query' },
    { args: ['validate'], says: "missing required argument 'files'" },
    { args: ['validate', 'a.json', '--severity', 'all'], says: 'Allowed choices are error, warning' },
  ])('$args', async ({ args, says }) => {
    const cwd = folderWith({ 'a.json': pass, 'order.json': {}, 'two.yaml': 'a: 1\n---\nb: 2\n' });
    const given = args.includes('--query') ? [...args, '--input', '[{"a":1}]', '--no-progress'] : args;
    const { code, stdout, stderr } = await runInTest(given, { cwd });
    expect(stderr).toContain(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
