/** Stands in for Voiceflow's web chat (`cdn.voiceflow.com/widget/bundle.mjs` and `widget-next`): `window.voiceflow.chat`, with launcher and bubbles, without an agent behind it. */

import { bubbleName } from '../../src/trace/shown.ts'
import type { Gesture } from '../../src/trace/stage-entries.ts'
import { VoiceflowChat } from '../../src/webchat/voiceflow-queue.ts'
import { OUR_SCRIPTS, placeInStack } from '../shared/stack-place.ts'
import { stageOf } from '../shared/stage.ts'
import { keepSession, type SessionConfig } from './session.ts'
import { type Generation, VoiceflowView } from './view.tsx'

/** Put before this code by the gateway. */
declare const __PROACTIVE_HOOKS__: { generation: Generation }

interface LoadConfig extends SessionConfig {
  assistant?: SessionConfig['assistant'] & { title?: string; color?: string; position?: 'left' | 'right' }
  render?: { mode?: string; target?: HTMLElement }
}

const stage = stageOf(window)
const place = () => placeInStack(new Error().stack, OUR_SCRIPTS)
let config: LoadConfig = {}
let view: VoiceflowView | undefined
let told = '[]'

const chat = new VoiceflowChat({
  post: message => {
    const { type } = JSON.parse(message) as { type: string }
    if (type === 'voiceflow:save_session') keepSession(config, message)
    stage.reporter.report({ kind: 'page-posted', name: type, data: message })
    window.postMessage(message, '*')
  },
  warn: text => console.warn(text),
  called: ({ name, fate, traces }) => {
    const at = place()
    stage.reporter.report({ kind: 'voiceflow-called', name, fate, ...(traces && { traces }), ...(at && { place: at }) })
  },
  onChange: () => {
    const bubbles = chat.bubbles.map(({ id, trace, text, state }) => ({ id, type: String(trace?.type), text, state }))
    const now = JSON.stringify(bubbles)
    if (now !== told) stage.reporter.report({ kind: 'bubbles-changed', bubbles })
    told = now
    view?.draw()
  }
})

/** The visitor pressed something; what the simulator asked for was told already. */
const did = (gesture: Gesture, isTrusted: boolean) => {
  if (isTrusted) stage.reporter.report({ kind: 'page-gesture', gesture, by: 'visitor' })
}

const api = {
  async load(given: LoadConfig): Promise<void> {
    config = given ?? {}
    await chat.load(given as never)
    view?.remove()
    view = new VoiceflowView(chat, __PROACTIVE_HOOKS__.generation, config, did, {
      nameOf: id => bubbleName(stage.ref.pageId, id),
      inspect: name => stage.inspect(name)
    })
  },
  destroy(): void {
    chat.destroy()
    view?.remove()
    view = undefined
  },
  open: () => chat.open(),
  close: () => chat.close(),
  show: () => chat.show(),
  hide: () => chat.hide(),
  interact: (action: unknown) => chat.interact(action),
  proactive: { push: (...traces: never[]) => chat.proactive.push(...traces), clear: () => chat.proactive.clear() }
}
Object.assign(window, { voiceflow: { ...(window as { voiceflow?: object }).voiceflow, chat: api } })

stage.chatMarks.add(messages => view?.mark(messages))
stage.chatGestures.add(gesture => view?.do(gesture) ?? false)
