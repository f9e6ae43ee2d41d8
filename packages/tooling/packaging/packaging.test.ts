import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entries, installPacked } from './pack.ts';

/** Entries that import vitest, which no CommonJS module can. Jest takes the matchers from the package itself. */
const VITEST_ONLY: ReadonlySet<string> = new Set(['@interstate/testing/vitest']);

let folder = '';

beforeAll(() => {
  folder = installPacked();
});

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** Runs a tool installed beside the projects. @throws with what it printed where it fails */
function runTool(project: string, tool: string, args: readonly string[]): void {
  const { NODE_OPTIONS: _options, VITEST: _vitest, ...environment } = process.env;
  try {
    execFileSync(process.execPath, [join(folder, 'node_modules', tool), ...args], {
      cwd: join(folder, project),
      encoding: 'utf8',
      env: { ...environment, CI: 'true', NODE_ENV: 'test', PACKAGE_ENTRIES: entries.filter((name) => project !== 'cjs-jest' || !VITEST_ONLY.has(name)).join(' ') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${stdout}${stderr}`, { cause: error });
  }
}

it('a CommonJS project under Jest', () => {
  expect(() => runTool('cjs-jest', 'jest/bin/jest.js', ['--rootDir', '.'])).not.toThrow();
});

it('an ESM project under vitest', () => {
  expect(() => runTool('esm-vitest', 'vitest/vitest.mjs', ['run'])).not.toThrow();
});

it.each([
  { module: 'NodeNext', type: 'module' },
  { module: 'NodeNext', type: 'commonjs' },
  { module: 'CommonJS', type: 'commonjs' },
])('a TypeScript project with $module modules in a $type package', ({ module, type }) => {
  const project = join(folder, 'typescript');
  const imports = entries.map((name, index) => `import * as entry${index} from '${name}';\nexport { entry${index} };`).join('\n');
  writeFileSync(join(project, 'entries.ts'), imports);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'typescript-project', private: true, type }));
  const moduleResolution = module === 'CommonJS' ? 'Bundler' : module;
  const compilerOptions = { module, moduleResolution, target: 'ES2022', strict: true, noEmit: true, skipLibCheck: false, types: ['node'] };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  expect(() => runTool('typescript', 'typescript/bin/tsc', ['-p', '.'])).not.toThrow();
});
