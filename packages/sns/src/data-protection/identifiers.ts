import type { Span } from './linear-regex.ts';

/** Finds what must not be seen. */
export type Detector = (text: string) => readonly Span[];

/** The expressions have bounded repetitions only: none takes longer than the text is long, times a small number. */
function detector(expression: RegExp, isMeant: (found: string) => boolean = () => true): Detector {
  return (text) => {
    const spans: Span[] = [];
    for (const { 0: found, index } of text.matchAll(expression)) if (isMeant(found)) spans.push({ start: index, end: index + found.length });
    return spans;
  };
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const KEYS = (name: string): Detector => detector(new RegExp(`-----BEGIN ${name}-----`, 'g'));

/**
 * AWS's managed data identifiers that are known here, by name. They judge by form (and check digits) alone, where AWS wants a
 * keyword nearby for some.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-managed-data-identifiers.html
 */
export const MANAGED_IDENTIFIERS: ReadonlyMap<string, Detector> = new Map([
  ['EmailAddress', detector(/[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g)],
  ['CreditCardNumber', detector(/(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])/g, (found) => isLuhn(found.replaceAll(/[ -]/g, '')))],
  ['IpAddress', detector(new RegExp(`(?<![\\d.])${OCTET}(?:\\.${OCTET}){3}(?![\\d.])|(?<![\\w:])(?:[0-9A-Fa-f]{1,4}:){1,7}(?::?[0-9A-Fa-f]{1,4}){1,7}(?![\\w:])`, 'g'), isAddress)],
  ['PhoneNumber-US', detector(/(?<![\d-])(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\)|[2-9]\d{2})[ .-]?[2-9]\d{2}[ .-]?\d{4}(?![\d-])/g)],
  ['Ssn-US', detector(/(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g)],
  ['AwsSecretKey', detector(/(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g, (found) => /[A-Z]/.test(found) && /[a-z]/.test(found) && /\d/.test(found))],
  ['OpenSshPrivateKey', KEYS('OPENSSH PRIVATE KEY')],
  ['PgpPrivateKey', KEYS('PGP PRIVATE KEY BLOCK')],
  ['PkcsPrivateKey', KEYS('(?:RSA |DSA |EC |ENCRYPTED )?PRIVATE KEY')],
  ['PuttyPrivateKey', detector(/PuTTY-User-Key-File-\d/g)],
  ['VehicleIdentificationNumber', detector(/(?<![A-Za-z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9])/g, isVehicle)],
]);

/** ISO/IEC 7812: the check digit of card numbers. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    sum += index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

function isAddress(found: string): boolean {
  if (!found.includes(':')) return true;
  const groups = found.split(':').length;
  return found.includes('::') ? groups <= 8 : groups === 8;
}

/** ISO 3779, with the check digit of North America. */
function isVehicle(found: string): boolean {
  const values = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ';
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const sum = [...found].reduce((all, char, index) => all + (values.indexOf(char) % 10) * weights[index]!, 0);
  return found[8] === '0123456789X'[sum % 11];
}
