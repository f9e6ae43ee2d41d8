const NARROW = new Set("iljtfrI.,:;'|!()[]{} ");
const WIDE = new Set('mwMW@%—…');

/** Width of a text in a common sans-serif font, in pixels: near enough to leave room for it. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    width += code > 0x2e7f ? 1.02 : WIDE.has(char) ? 0.92 : NARROW.has(char) ? 0.34 : char >= 'A' && char <= 'Z' ? 0.7 : 0.58;
  }
  return width * fontSize;
}

/**
 * Breaks a text into lines no wider than this: at spaces; within a word at its marks where it is too long for a line, and anywhere
 * where it has none. The last line is cut off where there are too many.
 */
export function textLines(text: string, maxWidth: number, fontSize: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.slice(0, 1000).match(/\s+|\S+/g) ?? []) {
    for (const part of pieces(word, maxWidth, fontSize)) {
      if (line !== '' && textWidth(line + part, fontSize) > maxWidth) {
        lines.push(line.trim());
        line = '';
      }
      line += part;
    }
  }
  if (line.trim() !== '') lines.push(line.trim());
  if (lines.length <= maxLines) return lines;
  const last = lines[maxLines - 1]!;
  return [...lines.slice(0, maxLines - 1), `${last.slice(0, Math.max(1, last.length - 1))}…`];
}

/** A word where it fits into a line, else what it may be broken into. */
function pieces(word: string, maxWidth: number, fontSize: number): string[] {
  if (textWidth(word, fontSize) <= maxWidth) return [word];
  return (word.match(/[^/._:,-]+[/._:,-]*|[/._:,-]+/g) ?? []).flatMap((piece) => (textWidth(piece, fontSize) <= maxWidth ? [piece] : cut(piece, maxWidth, fontSize)));
}

function cut(piece: string, maxWidth: number, fontSize: number): string[] {
  const parts: string[] = [''];
  for (const char of piece) {
    if (textWidth(parts.at(-1)! + char, fontSize) > maxWidth) parts.push('');
    parts[parts.length - 1] += char;
  }
  return parts;
}
