import { contentOf } from '../../src/webchat/content.ts'
import type { ChatMessage } from '../../src/webchat/types.ts'

/** The conversation as plain text, as the visitor may download it. */
export function transcriptOf(messages: readonly ChatMessage[], botName: string): string {
  return messages
    .flatMap(({ authorId, sentOn, payload }) => {
      const words = wordsOf(payload)
      return words === undefined ? [] : [`[${new Date(sentOn).toLocaleString()}] ${authorId == null ? botName : 'You'}: ${words}`]
    })
    .join('\n')
}

function wordsOf(payload: Record<string, unknown>): string | undefined {
  const content = contentOf(payload)
  switch (content.as) {
    case 'text':
    case 'notice':
      return content.text
    case 'choices':
      return [content.text, ...content.choices.map(({ title }) => `  - ${title}`)].filter(Boolean).join('\n')
    case 'cards':
      return content.cards.map(({ title, subtitle }) => [title, subtitle].filter(Boolean).join(', ')).join('\n')
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return [content.title, content.url].filter(Boolean).join(': ')
    case 'unsupported':
      return `(${content.type})`
  }
  return undefined
}

/** Offers the text as a file. */
export function download(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
