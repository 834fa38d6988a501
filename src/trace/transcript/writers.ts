import type { Transcript, Turn } from './transcript.ts'

/** How a transcript is written down: file ending, media type, text. */
export interface Writer {
  ending: string
  mediaType: string
  write(transcript: Transcript, title: string): string
}

export const WRITERS = {
  json: { ending: 'json', mediaType: 'application/json', write: transcript => `${JSON.stringify(transcript, undefined, 2)}\n` },
  markdown: { ending: 'md', mediaType: 'text/markdown', write: asMarkdown },
  html: { ending: 'html', mediaType: 'text/html', write: asHtml }
} as const satisfies Record<string, Writer>
export type TranscriptFormat = keyof typeof WRITERS

const SPEAKERS: Record<Turn['by'], string> = { bot: 'Bot', visitor: 'Visitor', page: 'Page', author: 'Author', files: 'Files' }

function asMarkdown({ turns }: Transcript, title: string): string {
  const lines = turns.map(turn => {
    const about = aboutOf(turn)
    return `- \`${timeOf(turn)}\` **${SPEAKERS[turn.by]}**${about ? ` _(${inMarkdown(about)})_` : ''}: ${inMarkdown(wordsOf(turn))}`
  })
  return `# ${inMarkdown(title)}\n\n${lines.join('\n') || 'Nothing was said.'}\n`
}

/** A page of its own: no script, nothing from elsewhere, and nothing that bots or pages said is taken for markup. */
function asHtml({ turns }: Transcript, title: string): string {
  const items = turns.map(
    turn =>
      `<li class="${turn.by}"><p class="about"><b>${SPEAKERS[turn.by]}</b> <time datetime="${new Date(turn.at).toISOString()}">${timeOf(turn)}</time>${aboutOf(turn) ? ` · ${inHtml(aboutOf(turn))}` : ''}</p><p>${inHtml(wordsOf(turn))}</p></li>`
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
ol { list-style: none; padding: 0; }
li { margin: 0 0 .75rem; padding: .5rem .75rem; border-radius: .5rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); max-width: 85%; }
li.visitor { margin-left: auto; }
li.page, li.author, li.files { border-style: dashed; }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.about { font-size: .85em; opacity: .8; }
</style>
</head>
<body>
<h1>${inHtml(title)}</h1>
<ol>
${items.join('\n')}
</ol>
</body>
</html>
`
}

const timeOf = (turn: Turn) =>
  new Date(turn.at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '')
const aboutOf = (turn: Turn) => [turn.from, turn.unasked ? 'unasked' : undefined, turn.pageId].filter(Boolean).join(', ')

function wordsOf(turn: Turn): string {
  if (turn.by === 'page' || turn.by === 'author') return `sent “${turn.type ?? '(no type)'}” ${JSON.stringify(turn.payload ?? {})}`
  return turn.text ?? `[${turn.type ?? 'message'}]`
}

const inHtml = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
/** What would be markup is told apart by a backslash; a message stays one line. */
const inMarkdown = (text: string) => text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&').replace(/\s*\n\s*/g, ' ')
