/** What a machine has noted, oldest first: a plain array while it is short, as most are. */
export type Journal = unknown[] | PagedJournal;

/**
 * Entries on a page. One large array per journal would stand outside of short-lived memory, and after its own end keep all it
 * holds alive until the next full collection.
 */
const PAGE_ENTRIES = 1_000;

class PagedJournal {
  private pages: unknown[][];

  constructor(first: unknown[]) {
    this.pages = [first];
  }

  append(entries: readonly unknown[], keptEntries: number): void {
    const { pages } = this;
    const last = pages.at(-1)!;
    if (last.length + entries.length <= PAGE_ENTRIES) {
      for (const entry of entries) last.push(entry);
      return;
    }
    pages.push(pageOf(entries));
    let kept = 0;
    for (const page of pages) kept += page.length;
    while (kept - pages[0]!.length >= keptEntries) kept -= pages.shift()!.length;
  }

  entries(): readonly unknown[] {
    // Whoever reads reads again: the next time it is one page.
    if (this.pages.length > 1) this.pages = [this.pages.flat()];
    return this.pages[0]!;
  }
}

/**
 * The journal with these entries at its end; it may be another object.
 * @param keptEntries how many of the newest must stay
 */
export function appended(journal: Journal, entries: readonly unknown[], keptEntries: number): Journal {
  if (Array.isArray(journal) && journal.length === 0) return pageOf(entries);
  const paged = Array.isArray(journal) && journal.length + entries.length > PAGE_ENTRIES ? new PagedJournal(journal) : journal;
  if (Array.isArray(paged)) for (const entry of entries) paged.push(entry);
  else paged.append(entries, keptEntries);
  return paged;
}

/** A copy: the step's own array is also with observers and the store. Only a full page is taken as it is: nothing is ever added to it. */
function pageOf(entries: readonly unknown[]): unknown[] {
  return entries.length >= PAGE_ENTRIES ? (entries as unknown[]) : entries.slice();
}

export function entriesOf(journal: Journal): readonly unknown[] {
  return Array.isArray(journal) ? journal : journal.entries();
}
