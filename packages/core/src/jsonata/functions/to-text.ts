import { fail } from '../errors.ts';
import { isFunction } from '../function-value.ts';
import type { Run } from '../run.ts';
import { unwrapOuter } from '../sequence.ts';
import { isNumeric } from '../values.ts';

/** `$string`: strings as they are, functions as '', everything else as JSON text, fractions with 15 digits. @throws D3001 */
export function toText(run: Run, value: unknown, pretty = false): string {
  if (typeof value === 'string') return value;
  if (isFunction(value)) return '';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) fail('D3001', { value });
    return numberText(value);
  }
  return new JsonWriter(run, pretty ? '  ' : '').write(unwrapOuter(value), '\n');
}

function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value === 0 ? 0 : value);
  return String(Number(value.toPrecision(15)));
}

class JsonWriter {
  private length = 0;
  constructor(
    private readonly run: Run,
    private readonly indent: string,
  ) {}

  write(value: unknown, newline: string): string {
    const text = this.scalar(value);
    if (text === undefined) return Array.isArray(value) ? this.array(value, newline) : this.object(value as Record<string, unknown>, newline);
    this.run.charge(1);
    this.length += text.length;
    this.run.checkText(this.length);
    return text;
  }

  private scalar(value: unknown): string | undefined {
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value);
      case 'number':
        return isNumeric(value) ? numberText(value) : 'null';
      case 'boolean':
        return String(value);
      case 'function':
        return '""';
      case 'object':
        return value === null ? 'null' : undefined;
    }
    return 'null';
  }

  private array(items: readonly unknown[], newline: string): string {
    if (items.length === 0) return '[]';
    const inner = this.inner(newline);
    const texts: string[] = [];
    for (let index = 0; index < items.length; index++) texts.push(this.write(items[index], inner));
    return `[${this.list(texts, newline, inner)}]`;
  }

  private object(object: Record<string, unknown>, newline: string): string {
    const inner = this.inner(newline);
    const colon = this.indent === '' ? ':' : ': ';
    const texts: string[] = [];
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value === undefined) continue;
      const name = JSON.stringify(key);
      this.length += name.length + 1;
      texts.push(name + colon + this.write(value, inner));
    }
    return texts.length === 0 ? '{}' : `{${this.list(texts, newline, inner)}}`;
  }

  private inner(newline: string): string {
    return this.indent === '' ? newline : newline + this.indent;
  }

  private list(texts: readonly string[], newline: string, inner: string): string {
    this.run.charge(texts.length);
    return this.indent === '' ? texts.join(',') : `${inner}${texts.join(`,${inner}`)}${newline}`;
  }
}
