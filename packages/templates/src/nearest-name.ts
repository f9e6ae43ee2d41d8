import { nearName } from '@interstate/kernel';

/** A did-you-mean for a message (` Did you mean 'X'?`), or nothing where no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearName(name, names);
  return near === undefined ? '' : ` Did you mean '${near}'?`;
}
