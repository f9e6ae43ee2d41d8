/** True where the assertion of this number (program.ts) holds between the characters around an index. */
export function holds(kind: number, text: string, pos: number): boolean {
  switch (kind) {
    case 0:
      return pos === 0;
    case 1:
      return pos === text.length;
    case 2:
      return pos === 0 || isLineEnd(text.charCodeAt(pos - 1));
    case 3:
      return pos === text.length || isLineEnd(text.charCodeAt(pos));
    default: {
      const folded = kind >= 6;
      return (isWord(text.charCodeAt(pos - 1), folded) !== isWord(text.charCodeAt(pos), folded)) === (kind % 2 === 0);
    }
  }
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

function isWord(code: number, folded: boolean): boolean {
  if (code > 122) return folded && (code === 0x17f || code === 0x212a);
  return code >= 97 || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
