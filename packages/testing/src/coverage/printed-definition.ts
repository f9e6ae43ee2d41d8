import { isJsonObject, type Json } from '@interstate/kernel';

/** The text that a definition stands in, and where in it. */
export interface DefinitionText {
  readonly text: string;
  /** Line of a JSON Pointer into the definition, from 1; as far as the pointer leads. */
  lineOf(pointer: string): number;
}

/** A definition as JSON text, a line for everything in it. */
export function printDefinition(definition: Json): DefinitionText {
  const lines: string[] = [];
  const byPointer = new Map<string, number>();
  const print = (value: Json, pointer: string, indent: string, key: string, comma: string): void => {
    byPointer.set(pointer, lines.length + 1);
    const items = Array.isArray(value) ? (value as readonly Json[]).map((item, index) => [String(index), '', item] as const) : isJsonObject(value) ? Object.entries(value).map(([name, item]) => [name, `${JSON.stringify(name)}: `, item] as const) : [];
    if (items.length === 0) return void lines.push(`${indent}${key}${JSON.stringify(value)}${comma}`);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    lines.push(`${indent}${key}${open}`);
    items.forEach(([name, shown, item], index) => print(item, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, `${indent}  `, shown, index === items.length - 1 ? '' : ','));
    lines.push(`${indent}${close}${comma}`);
  };
  print(definition, '', '', '', '');
  return {
    text: `${lines.join('\n')}\n`,
    lineOf(pointer) {
      let rest = pointer;
      while (!byPointer.has(rest)) rest = rest.slice(0, rest.lastIndexOf('/'));
      return byPointer.get(rest)!;
    },
  };
}
