import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icons.tsx'

interface Props {
  isReady: boolean
  placeholder: string
  maxLength: number
  onSend(text: string): void
}

/** Where the visitor writes. Enter sends, Shift+Enter begins a line. */
export function Composer({ isReady, placeholder, maxLength, onSend }: Props) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  // Who pressed the bubble goes on here. A page that opens the chat by itself takes the keyboard from nobody.
  // In the step that enables the field: a moment later the visitor may have gone elsewhere.
  useLayoutEffect(() => {
    if (isReady && document.hasFocus()) field.current?.focus()
  }, [isReady])
  useEffect(() => {
    const area = field.current!
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight, 120)}px`
  }, [text])

  const send = () => {
    if (!isReady || text.trim() === '') return
    onSend(text)
    setText('')
  }
  return (
    <form
      class="composer bpw-composer"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={field}
        rows={1}
        value={text}
        maxLength={maxLength}
        placeholder={placeholder}
        aria-label="Your message"
        disabled={!isReady}
        onInput={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button type="submit" aria-label="Send" disabled={!isReady || text.trim() === ''}>
        <Icon name="up" size={18} />
      </button>
    </form>
  )
}
