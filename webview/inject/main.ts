/** The page's `window.botpressWebChat` (R20.1 to R20.3). */
import './inject.css'
import { stageOf } from '../shared/stage.ts'
import { type ChatConfig, ChatFrame } from './chat-frame.ts'

const stage = stageOf(window)
const frames = new Map<string | undefined, ChatFrame>()

window.addEventListener('message', event => {
  for (const frame of frames.values()) if (event.source === frame.window) frame.heard(event.data)
})

/** Before `init`, or with an unknown chat, there is nobody to tell: a warning, nothing is kept (R20.2). */
function post(action: string, payload: unknown, chatId: string | undefined): void {
  const frame = frames.get(chatId)
  if (frame) frame.post(action, payload)
  else {
    console.warn(
      `[botpressWebChat] ${action}: ${frames.size === 0 ? 'init was not called yet' : `there is no chat ${chatId === undefined ? 'without a chatId' : `“${chatId}”`}`}.`
    )
    ChatFrame.reportLost(stage.reporter, action, payload, 'before-init')
  }
}

const api = {
  init(config: ChatConfig, targetSelector = 'body'): void {
    frames.set(config.chatId, new ChatFrame(stage, config, targetSelector))
  },
  configure: (config: ChatConfig, chatId?: string) => post('configure', config, chatId),
  mergeConfig: (config: ChatConfig, chatId?: string) => post('mergeConfig', config, chatId),
  sendEvent: (payload: unknown, chatId?: string) => post('event', payload, chatId),
  sendPayload: (payload: unknown, chatId?: string) => post('sendPayload', payload, chatId)
}

Object.assign(window, { botpressWebChat: api })
