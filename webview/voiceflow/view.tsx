import { render } from 'preact'
import type { Gesture } from '../../src/trace/stage-entries.ts'
import type { VoiceflowChat } from '../../src/webchat/voiceflow-queue.ts'
import { showMarked } from '../shared/inspection.tsx'
import { Stroke } from '../shared/stroke.tsx'
import { Bubble, Log } from './bubbles.tsx'
import { STYLE } from './style.ts'

export type Generation = 'legacy' | 'current'

interface Look {
  assistant?: { title?: string; color?: string; position?: 'left' | 'right' }
  render?: { mode?: string; target?: HTMLElement }
}

/** How bubbles are known outside of the page. */
interface Sight {
  nameOf(id: number): string
  inspect(name: string): void
}

type Did = (gesture: Gesture, isTrusted: boolean) => void

/** Class names by which pages find the parts, in each generation of the widget. */
const CLASSES = {
  legacy: { card: 'vfrc-proactive-message', close: 'vfrc-proactive-close' },
  current: { card: 'vfrc-proactive__card', close: 'vfrc-proactive__close-button' }
} as const

/** Launcher, bubbles above it, and the window, in the shadow root of `#voiceflow-chat`. */
export class VoiceflowView {
  #chat: VoiceflowChat
  #generation: Generation
  #look: Look
  #did: Did
  #host = document.createElement('div')
  #root: ShadowRoot
  #said: string[] = []
  #sight: Sight
  #marked: readonly string[] = []

  constructor(chat: VoiceflowChat, generation: Generation, look: Look, did: Did, sight: Sight) {
    this.#sight = sight
    this.#chat = chat
    this.#generation = generation
    this.#look = look
    this.#did = did
    this.#host.id = 'voiceflow-chat'
    this.#root = this.#host.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLE)
    this.#root.adoptedStyleSheets = [sheet]
    const target = look.render?.mode === 'embedded' ? look.render.target : undefined
    ;(target ?? document.body).append(this.#host)
    this.draw()
  }

  remove(): void {
    render(null, this.#root)
    this.#host.remove()
  }

  draw(): void {
    const { color, position = 'right' } = this.#look.assistant ?? {}
    const isEmbedded = this.#look.render?.mode === 'embedded'
    if (color && CSS.supports('color', color)) this.#host.style.setProperty('--vf-colour', color)
    const content = isEmbedded ? this.#window(true) : this.#chat.isShown && this.#stack(position)
    render(<div class={`stand ${isEmbedded ? 'embedded' : position}`}>{content}</div>, this.#root)
  }

  /** @param names of the bubbles that the author looks at in the trace */
  mark(names: readonly string[]): void {
    this.#marked = names
    this.draw()
    showMarked(this.#root)
  }

  /** Does what a visitor would, by the same buttons. @returns false when it is nothing that can be done here */
  do(gesture: Gesture): boolean {
    const press = (selector: string) => {
      const button = this.#root.querySelector<HTMLElement>(selector)
      button?.click()
      return button !== null
    }
    switch (gesture.do) {
      case 'open':
        return this.#chat.isOpen || press('.vfrc-launcher')
      case 'close':
        return press('.vfrc-header--close')
      case 'say':
        if (!this.#chat.isOpen) return false
        this.#say(gesture.text)
        return true
      case 'choose':
        return gesture.title === 'Dismiss' && press('[data-dismiss]')
    }
    return false
  }

  #stack(position: 'left' | 'right') {
    const { isOpen, bubbles } = this.#chat
    const drawn = bubbles.filter(({ state }) => state === 'drawn')
    const names = CLASSES[this.#generation]
    return (
      <>
        {isOpen && this.#window(false)}
        <Log class={`vfrc-proactive ${position}`} isEmpty={drawn.length === 0}>
          {drawn.length > 0 && (
            <button
              type="button"
              class={`${names.close} close`}
              data-dismiss
              aria-label="Dismiss"
              title="Dismiss"
              onClick={event => {
                this.#did({ do: 'choose', title: 'Dismiss' }, event.isTrusted)
                this.#chat.dismiss()
              }}
            >
              ×
            </button>
          )}
          {drawn.map(({ id, text }) => {
            const name = this.#sight.nameOf(id)
            return (
              <Bubble
                key={id}
                class={`${names.card} card`}
                name={name}
                isMarked={this.#marked.includes(name)}
                onInspect={() => this.#sight.inspect(name)}
              >
                {text}
              </Bubble>
            )
          })}
        </Log>
        {!isOpen && (
          <button
            type="button"
            class="vfrc-launcher"
            aria-label="Open the chat"
            onClick={event => {
              this.#did({ do: 'open' }, event.isTrusted)
              this.#chat.open()
            }}
          >
            <Stroke path="M4 5h16v11H9l-5 4z" size={24} width={1.8} />
          </button>
        )}
      </>
    )
  }

  #window(isEmbedded: boolean) {
    const title = this.#look.assistant?.title ?? 'Voiceflow agent'
    return (
      <section class="vfrc-widget window" aria-label={`Chat with ${title}`}>
        <header class="vfrc-header">
          <h1>{title}</h1>
          {!isEmbedded && (
            <button
              type="button"
              class="vfrc-header--close"
              aria-label="Close the chat"
              onClick={event => {
                this.#did({ do: 'close' }, event.isTrusted)
                this.#chat.close()
              }}
            >
              ×
            </button>
          )}
        </header>
        <div class="turns" role="log" aria-label="Conversation">
          <p class="note">
            The simulator has no Voiceflow agent: what proactive messages and the page do is played, not the agent’s answers.
          </p>
          {this.#said.map((text, index) => (
            <p key={index} class="mine">
              {text}
            </p>
          ))}
        </div>
        <form
          onSubmit={event => {
            event.preventDefault()
            const field = event.currentTarget.elements.namedItem('text') as HTMLInputElement
            if (field.value.trim() === '') return
            this.#did({ do: 'say', text: field.value }, event.isTrusted)
            this.#say(field.value)
            field.value = ''
          }}
        >
          <input name="text" aria-label="Your message" placeholder="Message…" autocomplete="off" />
        </form>
      </section>
    )
  }

  #say(text: string): void {
    this.#said.push(text)
    void this.#chat.interact({ type: 'text', payload: text })
    this.draw()
  }
}
