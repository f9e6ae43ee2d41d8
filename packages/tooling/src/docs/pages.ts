import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../workspace/root.ts';

/** A page of documentation, by its path from the root. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** The README files of the monorepo, its packages and examples, what stands beside them at the root, and all of `docs`. */
export function listPages(): Page[] {
  const folders = ['packages', 'examples'].flatMap((folder) => [folder, ...readdirSync(join(rootFolder, folder)).map((name) => `${folder}/${name}`)]);
  const docs = readdirSync(join(rootFolder, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name.replaceAll('\\', '/')}`);
  return ['README.md', 'CONTRIBUTING.md', ...folders.map((folder) => `${folder}/README.md`), ...docs]
    .filter((path) => path.endsWith('.md') && existsSync(join(rootFolder, path)))
    .map((path) => ({ path, text: readFileSync(join(rootFolder, path), 'utf8') }));
}

export interface CodeBlock {
  readonly name: string;
  readonly code: string;
}

/** The TypeScript blocks of a page, named by its path and their line. */
export function codeBlocks({ path, text }: Page): CodeBlock[] {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ 1: code = '', index }) => ({ name: `${path}:${lineAt(text, index)}`, code }));
}

/** Relative links of a page that lead to no file. */
export function brokenLinks({ path, text }: Page): string[] {
  const withoutCode = text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '');
  const targets = [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(({ 1: target = '' }) => target.replace(/#.*/, ''));
  return targets.filter((target) => target !== '' && !target.includes(':') && !existsSync(join(rootFolder, path, '..', target)));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
