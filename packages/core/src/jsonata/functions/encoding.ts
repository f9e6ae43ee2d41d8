import { fail } from '../errors.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import type { Builtins } from './table.ts';

function url(functionName: string, convert: (text: string) => string): Builtins[string] {
  return {
    signature: '<s-:s>',
    arity: 1,
    call: (_run, text?: string) => {
      if (text === undefined) return undefined;
      try {
        return convert(text);
      } catch {
        return fail('D3140', { value: text, functionName });
      }
    },
  };
}

/** Base64 and URL encoding. */
export const ENCODING_FUNCTIONS: Builtins = {
  base64encode: { signature: '<s-:s>', arity: 1, call: (_run, text?: string) => (text === undefined ? undefined : encodeBase64(text)) },
  base64decode: { signature: '<s-:s>', arity: 1, call: (_run, text?: string) => (text === undefined ? undefined : decodeBase64(text)) },
  encodeUrlComponent: url('encodeUrlComponent', encodeURIComponent),
  encodeUrl: url('encodeUrl', encodeURI),
  decodeUrlComponent: url('decodeUrlComponent', decodeURIComponent),
  decodeUrl: url('decodeUrl', decodeURI),
};
