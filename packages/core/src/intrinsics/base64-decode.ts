import { asData } from './argument.ts';
import { bytesFromBase64, textFromUtf8 } from '@interstate/kernel';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

/** `States.Base64Decode(data)`: the text whose UTF-8 bytes are given in Base64. */
export const base64Decode: FixedIntrinsic = {
  name: 'States.Base64Decode',
  parameters: ['data'],
  evaluate: (data) => textFromUtf8(bytesFromBase64(asData(data, 'data')) ?? fail("The argument 'data' is no valid Base64")),
};
