import type { EntryKind, EntryOf } from '../trace/entry.ts'

/** Which page a report is about: the visitor, the page's address below the site, and this load of it. */
export interface PageRef {
  visitorId: string
  page: string
  pageId: string
}

type PageKind = Extract<EntryKind, `page-${string}` | 'voiceflow-called' | 'bubbles-changed'>
/** A report of a page without what its reporter adds. */
export type PageReport = { [K in PageKind]: { kind: K } & Omit<EntryOf<K>, 'kind' | 'seq' | 'at' | keyof PageRef> }[PageKind]
