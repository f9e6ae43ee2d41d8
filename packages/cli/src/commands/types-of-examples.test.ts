import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder, runInTest } from '../test-terminal.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

it('types of every definition in the examples compile, and hold the mock of each Task', async () => {
  const files = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' }).filter((file) => !file.includes('node_modules')).sort().map((file) => join(root, 'examples', file));
  const written = files.filter((file) => /(?:\.asl|template)\.yaml$/.test(file));
  const inCode = files.filter((file) => /\.m?[jt]s$/.test(file)).flatMap((file) => definitionsIn(readFileSync(file, 'utf8')));
  const cwd = createFolder(Object.fromEntries(inCode.map((definition, index) => [`${index}.asl.json`, definition])), onTestFinished);
  const definitions = [...written, ...inCode.map((_definition, index) => `${index}.asl.json`)];
  expect(definitions.length).toBeGreaterThan(15);

  const program = [`import { testCloud } from ${JSON.stringify(join(root, 'packages/testing/src/index.ts'))};`];
  for (const [index, definition] of definitions.entries()) {
    const { stdout, stderr } = await runInTest(['types', definition, '--name', `Machine${index}`], { cwd });
    expect({ definition, stderr }).toEqual({ definition, stderr: '' });
    program.push(stdout, ...mocksOf(`Machine${index}`, stdout));
  }
  expect(program.join('\n').match(/ts-expect-error/g)!.length).toBeGreaterThan(2);
  writeFileSync(join(cwd, 'all.ts'), program.join('\n'));
  const compilerOptions = { typeRoots: [join(root, 'node_modules/@types')] };
  writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: ['all.ts'] }));
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  expect(spawnSync(process.execPath, [tsc, '-p', '.'], { cwd, encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

/** The outermost object literals with a StartAt. What they take from around them is some ARN. */
function definitionsIn(typescript: string): unknown[] {
  const { code } = transformSync(typescript, { loader: 'ts', charset: 'utf8' });
  const found: string[] = [];
  const open: { readonly from: number; starts: boolean }[] = [];
  // Texts and templates are passed over whole.
  for (const { 0: token, index } of code.matchAll(/"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\bStartAt:|[{}]/g)) {
    if (token === '{') open.push({ from: index, starts: false });
    else if (token === 'StartAt:') open.at(-1)!.starts = true;
    else if (token === '}') {
      const { from, starts } = open.pop()!;
      if (starts && !open.some((outer) => outer.starts)) found.push(code.slice(from, index + 1));
    }
  }
  return found.map(evaluate);
}

function evaluate(literal: string): unknown {
  const around: Record<string, string> = {};
  for (;;) {
    try {
      return runInNewContext(`(${literal})`, around);
    } catch (error) {
      const name = /^(\w+) is not defined$/.exec((error as Error).message)?.[1];
      if (name === undefined) throw error;
      around[name] = 'arn:aws:lambda:us-east-1:123456789012:function:any';
    }
  }
}

const TASK = /^ {4}readonly ("(?:[^"\\]|\\.)*"): \{ readonly arguments: .* readonly result: (.*) \};$/gm;

/** A mock is given the Task's arguments and gives its result; where anything is known of that, it can give nothing else. */
function mocksOf(machine: string, types: string): string[] {
  return [...types.matchAll(TASK)].flatMap(([, name, result]) => {
    const [mock, task] = [`testCloud<${machine}>().mock(${name})`, `${machine}['tasks'][${name}]`];
    return [
      `${mock}.returns((given): ${task}['result'] => { const asked: ${task}['arguments'] = given; throw asked; });`,
      ...(result === 'unknown' ? [] : ['// @ts-expect-error No result of this Task.', `${mock}.returns(Symbol());`]),
    ];
  });
}
