import { isCollection, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from 'yaml';
import type { DefinitionFile } from './definition-file.ts';

/** A place in a text file; the first line and column are 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Source {
  readonly file: string;
  readonly lines: LineCounter;
  /** Where the definition begins. */
  readonly definition: Node;
}

/** Longer texts are not read a second time just for line numbers. */
const MAX_TEXT = 4_000_000;

/** Gives the place of a JSON Pointer into the definition, as far as the pointer leads; undefined where the definition is no part of a file's syntax. */
export function createPositions(definitionFile: DefinitionFile): (pointer: string) => SourcePosition | undefined {
  let source: Source | undefined | null = null;
  return (pointer) => {
    source ??= findSource(definitionFile) ?? undefined;
    if (!source) return undefined;
    const { line, col } = source.lines.linePos(startOf(source.definition, pointer));
    return { file: source.file, line, column: col };
  };
}

function findSource({ texts, logicalId }: DefinitionFile): Source | undefined {
  for (const [file, text] of texts) {
    if (text.length > MAX_TEXT) continue;
    const lines = new LineCounter();
    for (const definition of definitionsIn(text, lines, logicalId)) if (isMap(definition) && definition.has('StartAt')) return { file, lines, definition };
  }
  return undefined;
}

function* definitionsIn(text: string, lineCounter: LineCounter, logicalId: string | undefined): Generator<unknown> {
  let documents;
  try {
    documents = parseAllDocuments(text, { lineCounter, logLevel: 'silent', uniqueKeys: false });
  } catch {
    return;
  }
  // Documents of one YAML text are told apart by their place.
  const own = /^Document(\d+)$/.exec(logicalId ?? '');
  for (const document of own ? documents.slice(Number(own[1]) - 1, Number(own[1])) : documents) {
    yield document.contents;
    if (logicalId === undefined || !isCollection(document.contents)) continue;
    const { contents } = document;
    yield contents.getIn(['Resources', logicalId, 'Properties', 'Definition']);
    yield contents.getIn(['stepFunctions', 'stateMachines', logicalId, 'definition']);
    yield contents.getIn(['stateMachines', logicalId, 'definition']);
  }
}

/** Offset of what the pointer names: of a scalar, else of its key. */
function startOf(definition: Node, pointer: string): number {
  let node: unknown = definition;
  let start = definition.range?.[0] ?? 0;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === key);
      if (!pair) return start;
      node = pair.value;
      const at = isScalar(node) ? node : (pair.key as Node);
      start = at.range?.[0] ?? start;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(key)];
      if (item === undefined) return start;
      node = item;
      start = (item as Node).range?.[0] ?? start;
    } else return start;
  }
  return start;
}
