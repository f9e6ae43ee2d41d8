import { parseArn } from '@interstate/kernel';

/** What a text says about the function it names. Absent parts match anything. */
export interface FunctionName {
  readonly region?: string;
  readonly account?: string;
  readonly name: string;
  /** Version, alias or `$LATEST`. */
  readonly qualifier?: string;
}

/**
 * Reads what Lambda takes for a function name: a name, `name:qualifier`, a full ARN, a partial ARN
 * (`123456789012:function:name`, `function:name`), or an unresolved `${Placeholder}` / `${Placeholder.Arn}`.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function parseFunctionName(text: string): FunctionName {
  const placeholder = /^\$\{([^}.]+)(?:\.[^}]*)?\}(?::([^:]+))?$/.exec(text);
  if (placeholder !== null) return named(placeholder[1]!, placeholder[2]);
  const arn = parseArn(text);
  if (arn !== undefined && arn.service === 'lambda') {
    const [, name = '', qualifier] = arn.resource.split(':');
    return { ...named(name, qualifier), ...(arn.region !== '' && { region: arn.region }), ...(arn.account !== '' && { account: arn.account }) };
  }
  const parts = text.split(':');
  const at = parts.indexOf('function');
  if (at < 0 || at === parts.length - 1) return named(parts[0]!, parts[1]);
  const account = parts.slice(0, at).find((part) => /^\d{12}$/.test(part));
  const region = parts.slice(0, at).find((part) => /^[a-z]+(?:-[a-z]+)+-\d$/.test(part));
  return { ...named(parts[at + 1]!, parts[at + 2]), ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function named(name: string, qualifier: string | undefined): FunctionName {
  return qualifier === undefined || qualifier === '' ? { name } : { name, qualifier };
}

/** How well a registration fits what a Task asks for: the number of parts that agree; `-1` where one contradicts. */
export function fitOf(registered: FunctionName, wanted: FunctionName): number {
  if (registered.name !== wanted.name) return -1;
  let fit = 0;
  for (const part of ['region', 'account', 'qualifier'] as const) {
    if (registered[part] === undefined) continue;
    // A function registered for one version or alias answers only when that one is asked for; `$LATEST` is what is asked for by default.
    const asked = wanted[part] ?? (part === 'qualifier' ? '$LATEST' : undefined);
    if (asked === undefined) continue;
    if (asked !== registered[part]) return -1;
    fit++;
  }
  return fit;
}
