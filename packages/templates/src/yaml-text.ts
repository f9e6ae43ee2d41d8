import { isJsonObject, setJsonKey, type Json } from '@interstate/kernel';
import {
  Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser, Scalar, type Alias, type CST, type Document, type Node, type YAMLMap,
} from 'yaml';
import { childPointer } from './json-pointer.ts';
import { didYouMean } from './nearest-name.ts';
import { longForm, SHORT_TAGS } from './short-tags.ts';
import {
  assertDepth, assertTextLength, isUnsafeInteger, MAX_ALIASED_NODES, MAX_YAML_DEPTH, MAX_YAML_TEXT, unsafeInteger, type Source,
} from './source-limits.ts';
import { isTemplateError, TemplateError, type TemplateErrorCode } from './template-error.ts';

interface Reader extends Source {
  readonly lines: LineCounter;
  readonly anchors: Map<string, Node>;
  /** Repeated keys: most of them are mistakes, but CloudFormation takes the last one. */
  readonly repeated: { readonly pointer: string; readonly error: TemplateError }[];
  /** Anchored nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<Node>;
  aliasDepth: number;
  aliasedNodes: number;
}

/**
 * Reads every document of a YAML 1.2 text (core schema) as JSON; CloudFormation's short tags become their long form, `<<` merges.
 * `__proto__` is an ordinary key. A repeated key is an error; in a CloudFormation template, outside definitions, the last one counts.
 * @throws TemplateError InvalidYaml, UnsafeInteger, NestedTooDeep, TooLarge.
 */
export function parseYamlText(text: string, { file }: { readonly file?: string | undefined } = {}): Json[] {
  assertTextLength(text, MAX_YAML_TEXT, { file });
  const lines = new LineCounter();
  return parsedDocuments(text, lines, file).map((document) => {
    const problem = document.errors[0];
    if (problem !== undefined) {
      const { line, col } = lines.linePos(problem.pos[0]);
      throw new TemplateError('InvalidYaml', firstLine(problem.message), { file, line, column: col });
    }
    const reader: Reader = { file, lines, anchors: new Map(), repeated: [], open: new Set(), aliasDepth: 0, aliasedNodes: 0 };
    const value = readNode(reader, document.contents, '', 0);
    const isTemplate = isJsonObject(value) && Object.hasOwn(value, 'Resources');
    const mistake = reader.repeated.find(({ pointer }) => !isTemplate || /\/Definition(?:\/|$)/.test(pointer));
    if (mistake) throw mistake.error;
    return value;
  });
}

function parsedDocuments(text: string, lines: LineCounter, file: string | undefined): Document.Parsed[] {
  try {
    const tokens = [...new Parser(lines.addNewLine).parse(text)];
    for (const token of tokens) assertTokenDepth(token, lines, file);
    const composer = new Composer({ prettyErrors: false, uniqueKeys: false, schema: 'core', version: '1.2', resolveKnownTags: false });
    return [...composer.compose(tokens)];
  } catch (error) {
    if (isTemplateError(error)) throw error;
    throw new TemplateError('InvalidYaml', `no YAML: ${error instanceof Error ? firstLine(error.message) : 'unreadable'}`, { file });
  }
}

/** Composing recurses, so deep nesting is refused on the tokens, which are walked with a stack of their own. */
function assertTokenDepth(root: CST.Token, lines: LineCounter, file: string | undefined): void {
  const open: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_YAML_DEPTH) {
      const { line, col } = lines.linePos(token.offset);
      throw new TemplateError('NestedTooDeep', `nested deeper than ${MAX_YAML_DEPTH} levels; flatten the value`, { file, line, column: col });
    }
    if (token.type === 'document') {
      if (token.value !== undefined) open.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        if (key) open.push({ token: key, depth: depth + 1 });
        if (value) open.push({ token: value, depth: depth + 1 });
      }
    }
  }
}

function readNode(reader: Reader, node: Node | null | undefined, pointer: string, depth: number): Json {
  if (node === null || node === undefined) return null;
  if (reader.aliasDepth > 0 && ++reader.aliasedNodes > MAX_ALIASED_NODES) {
    throw failure(reader, node, pointer, `the aliases stand for more than ${MAX_ALIASED_NODES} nodes; write the values out`, 'TooLarge');
  }
  if (isAlias(node)) return readAlias(reader, node, pointer, depth);
  if (node.anchor !== undefined && reader.aliasDepth === 0) reader.anchors.set(node.anchor, node);
  reader.open.add(node);
  const value = readContent(reader, node, pointer, depth);
  reader.open.delete(node);
  return node.tag === undefined ? value : readTagged(reader, node, node.tag, value, pointer);
}

function readContent(reader: Reader, node: Node, pointer: string, depth: number): Json {
  if (isScalar(node)) return readScalar(reader, node, pointer);
  assertDepth(depth + 1, pointer, reader);
  if (isSeq(node)) return node.items.map((item, index) => readNode(reader, item as Node, childPointer(pointer, index), depth + 1));
  if (!isMap(node)) throw failure(reader, node, pointer, 'this is no value');
  return readMap(reader, node, pointer, depth + 1);
}

function readMap(reader: Reader, node: YAMLMap, pointer: string, depth: number): Json {
  const object: Record<string, Json> = {};
  const merged: Json[] = [];
  for (const pair of node.items) {
    const key = readKey(reader, pair.key as Node | null, pointer);
    const value = readNode(reader, pair.value as Node | null, childPointer(pointer, key), depth);
    if (key === '<<' && (pair.key as Scalar).type === Scalar.PLAIN) {
      for (const source of Array.isArray(value) ? (value as readonly Json[]) : [value]) merged.push(source);
    } else {
      if (Object.hasOwn(object, key)) {
        const error = failure(reader, pair.key as Node, pointer, `the key '${key}' is there twice; rename or remove one`);
        reader.repeated.push({ pointer, error });
      }
      setJsonKey(object, key, value);
    }
  }
  for (const source of merged) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) throw failure(reader, node, pointer, "'<<' merges mappings only");
    for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(object, key)) setJsonKey(object, key, value as Json);
  }
  return object;
}

function readKey(reader: Reader, key: Node | null, pointer: string): string {
  if (key === null) return 'null';
  const node = isAlias(key) ? reader.anchors.get(key.source) : key;
  if (!isScalar(node)) throw failure(reader, key, pointer, 'a mapping key must be a word, not a list or mapping; put it in quotes');
  if (node.anchor !== undefined && reader.aliasDepth === 0) reader.anchors.set(node.anchor, node);
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function readAlias(reader: Reader, alias: Alias, pointer: string, depth: number): Json {
  const target = reader.anchors.get(alias.source);
  if (target === undefined) throw failure(reader, alias, pointer, `the alias *${alias.source} names no anchor before it`);
  if (reader.open.has(target)) throw failure(reader, alias, pointer, `the alias *${alias.source} lies inside what it stands for`);
  reader.aliasDepth++;
  const value = readNode(reader, target, pointer, depth);
  reader.aliasDepth--;
  return value;
}

function readScalar(reader: Reader, node: Scalar, pointer: string): Json {
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'number') throw failure(reader, node, pointer, `${String(value)} is no JSON value; put it in quotes`);
  const digits = node.source ?? String(value);
  if (!Number.isFinite(value) && /[a-z]/i.test(digits) && !/e/i.test(digits)) {
    throw failure(reader, node, pointer, `${digits} is no JSON value; put it in quotes`);
  }
  const isFraction = !/^[-+]?0[xob]/.test(digits) && /[.e]/i.test(digits);
  const isDecimal = /^[-+]?[0-9]+$/.test(digits);
  const exact = isFraction ? Number.isFinite(value) : isDecimal ? !isUnsafeInteger(digits) : Number.isSafeInteger(value);
  if (exact) return value;
  const { line, col } = reader.lines.linePos(node.range?.[0] ?? 0);
  throw unsafeInteger(digits, pointer, reader, line, col);
}

function readTagged(reader: Reader, node: Node, tag: string, value: Json, pointer: string): Json {
  if (/^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(tag) || tag === '!') return value;
  const long = longForm(tag, value);
  if (long !== undefined) return long;
  const nearest = didYouMean(tag, SHORT_TAGS);
  throw failure(reader, node, pointer, `the tag ${tag} is none that CloudFormation knows.${nearest}`);
}

function failure(reader: Reader, node: Node, pointer: string, problem: string, code: TemplateErrorCode = 'InvalidYaml'): TemplateError {
  const { line, col } = reader.lines.linePos(node.range?.[0] ?? 0);
  return new TemplateError(code, problem, { file: reader.file, pointer, line, column: col });
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.slice(0, 300);
}
