import { detailName, type EventKind } from './json-schema.ts';
import type { Shape } from './shape.ts';

/** TypeScript declarations of events of a kind: an interface for the detail, and the event around it. */
export function typeScriptOf({ source, detailType, detail }: EventKind): string {
  const name = detailName(detailType);
  const declared = isInterface(detail) ? `export interface ${name} ${typeOf(detail, '')}` : `export type ${name} = ${typeOf(detail, '')};`;
  return `${declared}

export interface ${name}Event {
  version: string;
  id: string;
  'detail-type': ${quoted(detailType)};
  source: ${quoted(source)};
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: ${name};
}
`;
}

function isInterface({ types, properties }: Shape): boolean {
  return types.length === 1 && types[0] === 'object' && properties !== undefined;
}

function typeOf(shape: Shape, indent: string): string {
  const types = shape.types.map((type) => {
    switch (type) {
      case 'integer':
      case 'number':
        return 'number';
      case 'array': {
        const item = shape.items ? typeOf(shape.items, indent) : 'unknown';
        return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
      }
      case 'object':
        return objectType(shape, indent);
      default:
        return type;
    }
  });
  return types.length === 0 ? 'unknown' : types.join(' | ');
}

function objectType({ properties = {}, required = [], isOpen }: Shape, indent: string): string {
  const inner = `${indent}  `;
  const always = new Set(required);
  const members = Object.entries(properties).map(([name, property]) => `${inner}${memberName(name)}${always.has(name) ? '' : '?'}: ${typeOf(property, inner)};\n`);
  if (isOpen) members.push(`${inner}[name: string]: unknown;\n`);
  return members.length === 0 ? 'Record<string, unknown>' : `{\n${members.join('')}${indent}}`;
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
