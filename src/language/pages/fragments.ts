import ts from 'typescript'
import type { Span } from '../body-map.ts'

/** A piece of script of a page, with its place in the page's file. */
export interface Fragment {
  readonly source: ts.SourceFile
  /** Where the script starts in the file. */
  readonly offset: number
  /** `script`: an element or a whole file; `handler`: an attribute such as `onclick`, which runs later and any number of times. */
  readonly kind: 'script' | 'handler'
}

const SCRIPT = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi
const HANDLER = /\son[a-z]+\s*=\s*(?:"([^"]*)"|'([^']*)')/gi
const COMMENT = /<!--[\s\S]*?-->/g
const OTHER_TYPE = /\btype\s*=\s*["']?(?!text\/javascript|application\/javascript|module)[a-z]/i

/** Whether a text is worth a look: it names one of the widgets. */
export function mentionsWidget(text: string): boolean {
  return /botpressWebChat|voiceflow\b|webchat(Ready|Loaded|Opened|Closed)/.test(text)
}

export function isHtml(path: string): boolean {
  return /\.html?$/i.test(path)
}

/** The scripts of a page, in the order of the text: those of an HTML file with its event handlers, or the script file itself. */
export function fragmentsOf(path: string, text: string): Fragment[] {
  if (!isHtml(path)) return [fragment(text, 0, 'script')]
  // Comments are blanked, not cut, so that positions stay.
  const html = text.replace(COMMENT, comment => ' '.repeat(comment.length))
  const fragments: Fragment[] = []
  let markup = html
  for (const match of html.matchAll(SCRIPT)) {
    const [whole, attributes = '', code = ''] = match
    markup = markup.slice(0, match.index) + ' '.repeat(whole.length) + markup.slice(match.index + whole.length)
    if (OTHER_TYPE.test(attributes) || code.trim() === '') continue
    const offset = match.index + whole.indexOf(code, '<script'.length + attributes.length + 1)
    fragments.push(fragment(text.slice(offset, offset + code.length), offset, 'script'))
  }
  for (const match of markup.matchAll(HANDLER)) {
    const code = match[1] ?? match[2] ?? ''
    if (code.trim() !== '') fragments.push(fragment(code, match.index + match[0].length - 1 - code.length, 'handler'))
  }
  return fragments.sort((a, b) => a.offset - b.offset)
}

function fragment(code: string, offset: number, kind: Fragment['kind']): Fragment {
  return { source: ts.createSourceFile('page.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS), offset, kind }
}

/** Where a node of a fragment lies in the page's file. */
export function spanIn(fragment: Fragment, node: ts.Node): Span {
  return { start: fragment.offset + node.getStart(fragment.source), end: fragment.offset + node.end }
}
