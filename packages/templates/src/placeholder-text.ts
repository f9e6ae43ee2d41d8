export interface PlaceholderText {
  /** What stands between the braces. */
  readonly name: string;
  /** Index after the closing brace. */
  readonly end: number;
}

const MAX_NAME = 500;
const MAX_NESTING = 4;
// `Name`, `Resource.Attribute`, `AWS::Region`, Terraform's `aws_sqs_queue.orders[0].arn`, CDK's `Token[AWS.Partition.3]`: no blanks,
// quotes or operators, so that no JSONata expression looks like one.
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.:/#@[\]-]*$/;
// The Serverless Framework's variables: a source, then anything (`self:custom.table`, `file(./x.yml):key`, `opt:stage, 'dev'`).
const SERVERLESS_VARIABLE = /^(?:self|opt|env|sls|cf|ssm|s3|aws|param|file|strToBool|git)(?:\([^)]*\))?(?:\.[a-z0-9-]+)?(?::|$)/;

/** Reads the `${…}` that starts at an index; `undefined` where there is none. Braces nest, as in `${self:a.${opt:stage}}`. */
export function readPlaceholder(text: string, start: number): PlaceholderText | undefined {
  if (!text.startsWith('${', start)) return undefined;
  let depth = 1;
  const last = Math.min(text.length, start + 2 + MAX_NAME);
  for (let index = start + 2; index < last; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0x7b && text.charCodeAt(index - 1) === 0x24) {
      // Bounds the work on a text of nothing but opening braces.
      if (++depth > MAX_NESTING) return undefined;
    } else if (unit === 0x7d && --depth === 0) {
      const name = text.slice(start + 2, index);
      return PLAIN_NAME.test(name) || SERVERLESS_VARIABLE.test(name) ? { name, end: index + 1 } : undefined;
    }
  }
  return undefined;
}

/** Replaces every `${Name}` of a text in one pass; what is put in is not read again. */
export function replacePlaceholders(text: string, replace: (name: string, before: string) => string): string {
  let start = text.indexOf('${');
  if (start < 0) return text;
  let result = '';
  let copied = 0;
  while (start >= 0) {
    const placeholder = readPlaceholder(text, start);
    if (placeholder !== undefined) {
      result += text.slice(copied, start);
      result += replace(placeholder.name, result);
      copied = placeholder.end;
    }
    start = text.indexOf('${', placeholder?.end ?? start + 2);
  }
  return result + text.slice(copied);
}

/** A name that AWS resources may carry, made of a placeholder's: letters, digits, `-` and `_`, at most 64. */
export function resourceNameOf(placeholder: string): string {
  const name = placeholder.replace(/^Fn::\w+:/, '').replace(/\.arn$/i, '').replace(/[^A-Za-z0-9_]+/g, '-');
  return name.replace(/^-+/, '').slice(0, 64).replace(/-+$/, '') || 'placeholder';
}
