import type { VoiceflowChat } from '../../webchat/voiceflow-queue.ts'
import type { Page } from './page.ts'
import { PageApi } from './page-api.ts'
import { type PageOptions, voiceflowChat } from './page-parts.ts'

/** A page without scripts and without a document: what a page would do, the steps of the scenario do. */
export class StubPage implements Page {
  readonly ref: Page['ref']
  readonly api: PageApi
  readonly dom = undefined
  readonly file = undefined
  readonly voiceflow: VoiceflowChat

  constructor(options: PageOptions, config: Record<string, unknown>) {
    const { ref, around } = options
    this.ref = ref
    const report = (text: string) => around.report({ kind: 'page-console', level: 'warn', text, ...ref } as never)
    this.api = new PageApi({ ...options, post: () => {}, place: () => undefined, warn: report })
    this.voiceflow = voiceflowChat({ ref, around, post: () => {}, place: () => undefined })
    around.report({ kind: 'page-loaded', ...ref, tab: options.tab } as never)
    if (config.botId !== undefined) this.api.init(config)
  }

  hear(): void {}

  end(): void {
    this.api.end()
  }
}
