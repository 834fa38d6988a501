import type { ComponentChildren } from 'preact'

/**
 * Markdown as elements. There is no way from a text to HTML: tags in it are words, and addresses that could run code are no links.
 * Knows what bots use: bold, italic, struck, code, links, lists, quotes, headings, lines.
 */
export function Markdown({ text }: { text: string }) {
  return <>{blocksOf(text.replaceAll('\r', '').split('\n'))}</>
}

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/
const HEADING = /^(#{1,6})\s+(.*)$/
const QUOTE = /^>\s?(.*)$/
const FENCE = /^```/

function blocksOf(lines: string[]): ComponentChildren[] {
  const blocks: ComponentChildren[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!
    const take = (fits: (line: string) => boolean) => {
      const from = at
      while (at < lines.length && fits(lines[at]!)) at++
      return lines.slice(from, at)
    }
    const key = blocks.length
    const heading = HEADING.exec(line)
    if (line.trim() === '') at++
    else if (FENCE.test(line)) {
      at++
      const code = take(one => !FENCE.test(one))
      at++
      blocks.push(
        <pre key={key}>
          <code>{code.join('\n')}</code>
        </pre>
      )
    } else if (heading) {
      at++
      // Headings of a message are none of the page's.
      blocks.push(
        <p key={key} class={`heading h${heading[1]!.length}`}>
          {inline(heading[2]!)}
        </p>
      )
    } else if (QUOTE.test(line)) {
      const quoted = take(one => QUOTE.test(one)).map(one => QUOTE.exec(one)![1]!)
      blocks.push(<blockquote key={key}>{blocksOf(quoted)}</blockquote>)
    } else if (ITEM.test(line)) {
      const items = take(one => ITEM.test(one)).map((one, index) => <li key={index}>{inline(ITEM.exec(one)![2]!)}</li>)
      blocks.push(ITEM.exec(line)![1] === undefined ? <ul key={key}>{items}</ul> : <ol key={key}>{items}</ol>)
    } else {
      const plain = take(one => one.trim() !== '' && ![ITEM, HEADING, QUOTE, FENCE].some(pattern => pattern.test(one)))
      blocks.push(
        <p key={key}>{plain.flatMap((one, index) => (index === 0 ? inline(one) : [<br key={`br${index}`} />, ...inline(one)]))}</p>
      )
    }
  }
  return blocks
}

/** Longest marks first; what is between is looked at again, but for code. */
const INLINE: readonly [pattern: RegExp, draw: (match: RegExpExecArray, key: number) => ComponentChildren][] = [
  [/`([^`]+)`/, (match, key) => <code key={key}>{match[1]}</code>],
  [
    /\[([^\]]+)\]\(((?:[^\s()]|\([^\s()]*\))+)(?:\s+"[^"]*")?\)/,
    (match, key) => {
      const url = linkOf(match[2]!)
      return url ? (
        <a key={key} href={url} target="_blank" rel="noopener noreferrer">
          {inline(match[1]!)}
        </a>
      ) : (
        match[1]
      )
    }
  ],
  [/\*\*(.+?)\*\*|__(.+?)__/, (match, key) => <strong key={key}>{inline(match[1] ?? match[2]!)}</strong>],
  [/~~(.+?)~~/, (match, key) => <s key={key}>{inline(match[1]!)}</s>],
  [/\*([^*\s][^*]*)\*|(?<!\w)_([^_]+)_(?!\w)/, (match, key) => <em key={key}>{inline(match[1] ?? match[2]!)}</em>],
  [
    /\bhttps?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/,
    (match, key) => (
      <a key={key} href={match[0]} target="_blank" rel="noopener noreferrer">
        {match[0]}
      </a>
    )
  ]
]

function inline(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = []
  let rest = text
  while (rest !== '') {
    let first: { match: RegExpExecArray; draw: (match: RegExpExecArray, key: number) => ComponentChildren } | undefined
    for (const [pattern, draw] of INLINE) {
      const match = pattern.exec(rest)
      if (match && (!first || match.index < first.match.index)) first = { match, draw }
    }
    if (!first) return [...parts, rest]
    const { match, draw } = first
    if (match.index > 0) parts.push(rest.slice(0, match.index))
    parts.push(draw(match, parts.length))
    rest = rest.slice(match.index + match[0].length)
  }
  return parts
}

/** The address if it cannot run code. */
function linkOf(address: string): string | undefined {
  return /^(https?:|mailto:|tel:|\/(?!\/))/i.test(address) ? address : undefined
}
