/**
 * What `\p{…}` may name, each tested by a fixed pattern on one character: general categories (short or long names),
 * the binary properties and scripts in common use, and the POSIX names Java has.
 */
const PROPERTIES = new Map<string, RegExp>([
  ['Any', /^[^]/u],
  ['ASCII', /^\p{ASCII}/u],
  ['Alphabetic', /^\p{Alphabetic}/u],
  ['Lowercase', /^\p{Lowercase}/u],
  ['Uppercase', /^\p{Uppercase}/u],
  ['White_Space', /^\p{White_Space}/u],
  ['Emoji', /^\p{Emoji}/u],
  ['Emoji_Presentation', /^\p{Emoji_Presentation}/u],
  ['Extended_Pictographic', /^\p{Extended_Pictographic}/u],
  ['ID_Start', /^\p{ID_Start}/u],
  ['ID_Continue', /^\p{ID_Continue}/u],
  ['L', /^\p{L}/u],
  ['Letter', /^\p{L}/u],
  ['Lu', /^\p{Lu}/u],
  ['Uppercase_Letter', /^\p{Lu}/u],
  ['Ll', /^\p{Ll}/u],
  ['Lowercase_Letter', /^\p{Ll}/u],
  ['Lt', /^\p{Lt}/u],
  ['Titlecase_Letter', /^\p{Lt}/u],
  ['Lm', /^\p{Lm}/u],
  ['Modifier_Letter', /^\p{Lm}/u],
  ['Lo', /^\p{Lo}/u],
  ['Other_Letter', /^\p{Lo}/u],
  ['M', /^\p{M}/u],
  ['Mark', /^\p{M}/u],
  ['Mn', /^\p{Mn}/u],
  ['Mc', /^\p{Mc}/u],
  ['Me', /^\p{Me}/u],
  ['N', /^\p{N}/u],
  ['Number', /^\p{N}/u],
  ['Nd', /^\p{Nd}/u],
  ['Decimal_Number', /^\p{Nd}/u],
  ['Nl', /^\p{Nl}/u],
  ['No', /^\p{No}/u],
  ['P', /^\p{P}/u],
  ['Punctuation', /^\p{P}/u],
  ['Pc', /^\p{Pc}/u],
  ['Pd', /^\p{Pd}/u],
  ['Ps', /^\p{Ps}/u],
  ['Pe', /^\p{Pe}/u],
  ['Pi', /^\p{Pi}/u],
  ['Pf', /^\p{Pf}/u],
  ['Po', /^\p{Po}/u],
  ['S', /^\p{S}/u],
  ['Symbol', /^\p{S}/u],
  ['Sm', /^\p{Sm}/u],
  ['Sc', /^\p{Sc}/u],
  ['Sk', /^\p{Sk}/u],
  ['So', /^\p{So}/u],
  ['Z', /^\p{Z}/u],
  ['Separator', /^\p{Z}/u],
  ['Zs', /^\p{Zs}/u],
  ['Zl', /^\p{Zl}/u],
  ['Zp', /^\p{Zp}/u],
  ['C', /^\p{C}/u],
  ['Cc', /^\p{Cc}/u],
  ['Cf', /^\p{Cf}/u],
  ['Co', /^\p{Co}/u],
  ['Cs', /^\p{Cs}/u],
  ['Cn', /^\p{Cn}/u],
]);

const SCRIPTS = new Map<string, RegExp>([
  ['Latin', /^\p{Script=Latin}/u],
  ['Greek', /^\p{Script=Greek}/u],
  ['Cyrillic', /^\p{Script=Cyrillic}/u],
  ['Armenian', /^\p{Script=Armenian}/u],
  ['Hebrew', /^\p{Script=Hebrew}/u],
  ['Arabic', /^\p{Script=Arabic}/u],
  ['Devanagari', /^\p{Script=Devanagari}/u],
  ['Bengali', /^\p{Script=Bengali}/u],
  ['Tamil', /^\p{Script=Tamil}/u],
  ['Thai', /^\p{Script=Thai}/u],
  ['Georgian', /^\p{Script=Georgian}/u],
  ['Hangul', /^\p{Script=Hangul}/u],
  ['Hiragana', /^\p{Script=Hiragana}/u],
  ['Katakana', /^\p{Script=Katakana}/u],
  ['Han', /^\p{Script=Han}/u],
]);

const POSIX = new Map<string, RegExp>([
  ['Lower', /^[a-z]/],
  ['Upper', /^[A-Z]/],
  ['Alpha', /^[A-Za-z]/],
  ['Digit', /^[0-9]/],
  ['Alnum', /^[0-9A-Za-z]/],
  ['Punct', /^[!-/:-@[-`{-~]/],
  ['Graph', /^[!-~]/],
  ['Print', /^[ -~]/],
  ['Blank', /^[ \t]/],
  ['Cntrl', /^[\0-\x1f\x7f]/],
  ['XDigit', /^[0-9A-Fa-f]/],
  ['Space', /^[ \t-\r]/],
]);

/** The test for a property named between the braces, undefined where it is unknown. `java` adds Java's names: `Alpha`, `IsLatin`. */
export function unicodeProperty(name: string, java: boolean): ((char: string) => boolean) | undefined {
  const pattern = findProperty(name) ?? (java ? findJavaProperty(name) : undefined);
  return pattern === undefined ? undefined : (char) => pattern.test(char);
}

function findProperty(name: string): RegExp | undefined {
  const equals = name.indexOf('=');
  if (equals < 0) return PROPERTIES.get(name);
  const key = name.slice(0, equals);
  const value = name.slice(equals + 1);
  if (key === 'Script' || key === 'sc') return SCRIPTS.get(value);
  return key === 'General_Category' || key === 'gc' ? PROPERTIES.get(value) : undefined;
}

function findJavaProperty(name: string): RegExp | undefined {
  if (!name.startsWith('Is')) return POSIX.get(name);
  return PROPERTIES.get(name.slice(2)) ?? SCRIPTS.get(name.slice(2));
}

const CLASSES = { d: /^\p{Nd}/u, s: /^\p{White_Space}/u, w: /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]/u };

/** The test for `\d`, `\s` or `\w` by Unicode property. */
export function unicodeClass(name: 'd' | 's' | 'w'): (char: string) => boolean {
  const pattern = CLASSES[name];
  return (char) => pattern.test(char);
}
