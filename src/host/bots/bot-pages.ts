import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { FromBotChat } from '../../protocol/bot-chat.ts'
import { bodyOf, refuse, sendDocument, sendFile, sendJson } from '../answers.ts'
import type { Document } from '../documents.ts'
import { EventStream } from '../event-stream.ts'
import type { BotRoom } from './bot-room.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // Pictures and sounds that a bot sends may come from anywhere.
  'img-src * data: blob:',
  'media-src * data: blob:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'"
].join('; ')

const DOCUMENT: Document = {
  policy: POLICY,
  html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat with a bot</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="bot-chat.css">
</head>
<body><div id="root"></div><script src="bot-chat.js"></script></body>
</html>
`
}

/** The chat page of a bot below a visitor's address: the document, its script, the line of its state, and what it asks. */
export class BotPages {
  #webview: string
  #room: BotRoom
  #streams = new Set<EventStream>()

  /** @param webview folder of the browser's scripts */
  constructor(webview: string, room: BotRoom) {
    this.#webview = webview
    this.#room = room
  }

  async serve(
    page: string | undefined,
    userId: string,
    parts: readonly string[],
    request: IncomingMessage,
    response: ServerResponse
  ): Promise<void> {
    const [name = ''] = parts
    if (page === undefined || !this.#room.has(page) || parts.length > 1) return refuse(response, 404, 'There is nothing here.')
    if (request.method === 'POST') {
      const body = name === 'do' ? await bodyOf(request, response) : undefined
      if (response.headersSent) return
      const command = FromBotChat.safeParse(body)
      if (!command.success) return refuse(response, 400, 'This is no command of the chat.')
      try {
        await this.#room.do(page, userId, command.data)
        response.writeHead(204).end()
      } catch (error) {
        sendJson(response, 409, { message: error instanceof Error ? error.message : String(error) })
      }
    } else if (name === '') sendDocument(response, DOCUMENT)
    else if (name === 'events') this.#open(page, userId, response)
    else if (/^bot-chat(-cards)?\.(js|css)$/.test(name)) await sendFile(response, join(this.#webview, name))
    else refuse(response, 404, 'There is nothing here.')
  }

  close(): void {
    for (const stream of this.#streams) stream.end()
  }

  #open(page: string, userId: string, response: ServerResponse): void {
    const tell = () =>
      void this.#room
        .state(page, userId)
        .then(state => stream.send('state', state))
        .catch(() => {})
    const stop = this.#room.onChange(tell)
    const stream = new EventStream(response, () => {
      this.#streams.delete(stream)
      stop()
    })
    this.#streams.add(stream)
    tell()
    void this.#room
      .enter(page, userId)
      .catch(() => {})
      .finally(tell)
  }
}
