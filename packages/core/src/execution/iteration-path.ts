import type { Frame } from './frame.ts';

/** The Map iterations around a frame, outermost first, as `Name[index]`. */
export function iterationPath(frame: Frame): string[] {
  const path: string[] = [];
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    if (at.item) path.unshift(`${at.parent!.state.name}[${at.item.index}]`);
  }
  return path;
}
