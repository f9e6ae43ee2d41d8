import { asData } from './argument.ts';
import { base64FromBytes, utf8FromText } from '@interstate/kernel';
import type { FixedIntrinsic } from './intrinsic.ts';

/** `States.Base64Encode(data)`: Base64 of a string's UTF-8 bytes. */
export const base64Encode: FixedIntrinsic = {
  name: 'States.Base64Encode',
  parameters: ['data'],
  evaluate: (data) => base64FromBytes(utf8FromText(asData(data, 'data'))),
};
