import type { Gesture } from '../../src/trace/stage-entries.ts'
import type { Life } from '../../src/webchat/life.ts'

type Tell = (gesture: Gesture, by: 'author' | 'visitor') => void

/**
 * What the visitor does in the chat, by hand or because the simulator asked for it: the same buttons are pressed, and each press is told with who did it.
 */
export class Hands {
  /** Set by the chat's frame, before anybody can press anything. */
  tell: Tell = () => {}
  #asked = false

  /** A button was pressed, a text sent. */
  did(gesture: Gesture): void {
    this.tell(gesture, this.#asked ? 'author' : 'visitor')
  }

  /** @throws Error with a sentence for the user */
  async do(gesture: Gesture, life: Life): Promise<void> {
    this.#asked = true
    try {
      const does = DO[gesture.do] as ((gesture: Gesture, life: Life) => void | Promise<void>) | undefined
      if (!does) throw new Error('This is nothing that is done in a chat.')
      await does(gesture, life)
    } finally {
      this.#asked = false
    }
  }
}

const DO: { [G in Gesture['do']]?: (gesture: Gesture & { do: G }, life: Life) => void | Promise<void> } = {
  open: (_, life) => {
    if (!life.isOpen) press('.launcher', 'The page hides the chat’s button.')
  },
  close: (_, life) => {
    if (life.isOpen) press('header [data-close]', 'A chat in full screen cannot be closed.')
  },
  escape: () => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  reset: () => press('header [data-reset]', 'The page does not offer to start the conversation over, or the chat is closed.'),
  async say({ text }, life) {
    const field = document.querySelector<HTMLTextAreaElement>('.composer textarea')
    if (!field || !life.isInitialised) throw new Error('The chat is not ready to be written in: it has to be open, and ready.')
    const draft = field.value
    await write(field, text)
    field.form!.requestSubmit()
    if (draft === '' || draft === text) return
    // What the visitor was writing meanwhile is not theirs any less (S33).
    await drawn()
    await write(field, draft)
  },
  choose({ title }) {
    const buttons = [...document.querySelectorAll<HTMLElement>('.messages button, .messages a, .keyboard button')]
    const button = buttons.findLast(one => one.textContent?.trim() === title)
    const options = [...document.querySelectorAll<HTMLOptionElement>('.messages option, .keyboard option')]
    const option = options.findLast(one => one.textContent?.trim() === title)
    if (button) button.click()
    else if (option) {
      const list = option.closest('select')!
      list.value = option.value
      list.dispatchEvent(new Event('change', { bubbles: true }))
    } else throw new Error(`The chat offers no “${title}”.`)
  }
}

async function write(field: HTMLTextAreaElement, text: string): Promise<void> {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(field, text)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  await drawn()
}

function press(selector: string, otherwise: string): void {
  const button = document.querySelector<HTMLElement>(selector)
  if (!button) throw new Error(otherwise)
  button.click()
}

/** Resolves when what changed is drawn, also in a frame that nobody sees. */
function drawn(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve()
    queueMicrotask(() => port2.postMessage(null))
  })
}
