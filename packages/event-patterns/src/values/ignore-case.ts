/**
 * Ignoring case goes character by character (UTF-16 unit): one of the event equals one of the pattern where it is the pattern's
 * in lower or in upper case. Case mappings to several characters do not count: `ß` is not `SS`.
 */
function lower(unit: string): string {
  const mapped = unit.toLowerCase();
  return mapped.length === 1 ? mapped : unit;
}

function upper(unit: string): string {
  const mapped = unit.toUpperCase();
  return mapped.length === 1 ? mapped : unit;
}

/** Equal for every two codes that can equal ignoring case; equal for some others as well. */
export function foldCode(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  return lower(upper(String.fromCharCode(code))).charCodeAt(0);
}

/** True where `value` has `pattern` at `start`, ignoring case. */
export function equalsIgnoreCaseAt(pattern: string, value: string, start: number): boolean {
  if (start < 0 || start + pattern.length > value.length) return false;
  for (let index = 0; index < pattern.length; index++) {
    if (!equalsCode(pattern.charCodeAt(index), value.charCodeAt(start + index))) return false;
  }
  return true;
}

function equalsCode(pattern: number, value: number): boolean {
  if (pattern === value) return true;
  if (pattern < 128 && value < 128) return foldCode(pattern) === foldCode(value);
  const unit = String.fromCharCode(pattern);
  return value === lower(unit).charCodeAt(0) || value === upper(unit).charCodeAt(0);
}
