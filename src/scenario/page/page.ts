import type { Place } from '../../trace/entry.ts'
import type { PageRef } from '../../webchat/page-report.ts'
import type { VoiceflowChat } from '../../webchat/voiceflow-queue.ts'
import type { PageApi } from './page-api.ts'

/** A page that a visitor has loaded. */
export interface Page {
  readonly ref: PageRef
  readonly api: PageApi
  readonly voiceflow: VoiceflowChat | undefined
  /** The page's document, where it is one with scripts. */
  readonly dom: DomView | undefined
  /** The file it was read from. */
  readonly file: string | undefined
  /** Messages for its listeners. */
  hear(message: unknown): void
  end(): void
}

/** What gestures and expectations need of a document. The element types are those of the DOM library. */
export interface DomView {
  /** `page-console` text of what went wrong in the page, with its place. */
  readonly window: PageWindow
  /** @throws Error when the selector is none */
  all(selector: string): PageElement[]
  run(code: string, place: Place): void
  placeOf(error: unknown): Place | undefined
}

/** The part of a window that is used here, whoever implements it. */
// biome-ignore lint/suspicious/noExplicitAny: a window of the DOM library, which has no types of its own for this
export type PageWindow = any
// biome-ignore lint/suspicious/noExplicitAny: an element of the DOM library
export type PageElement = any
