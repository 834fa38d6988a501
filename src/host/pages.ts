import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import type { Report } from '../trace/entry.ts'
import { readScript, type SentEvent } from './page-script.ts'
import { filesBelow, pathBelow } from './workspace.ts'

/** A page of the workspace that uses `botpressWebChat`. */
export interface Page {
  /** Path below the base, with forward slashes. */
  id: string
  title: string
  file: string
  /** Bots that it gives to `init`, in order. */
  botIds: string[]
  /** The only chat on it is Voiceflow's. */
  plays?: 'voiceflow'
  /** Events that it sends, with the payload a hook would see. */
  events: (SentEvent & { file: string })[]
  /** What keeps it from working here. */
  problems: (Report & { kind: 'data-problem' })[]
}

const MAX_BYTES = 2_000_000
const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi
const SRC = /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i
const TITLE = /<title[^>]*>([\s\S]*?)<\/title>/i
const BOTPRESS = /botpressWebChat|channel-web\/inject\.js/
const VOICEFLOW = /cdn\.voiceflow\.com\/widget|voiceflow\.chat\b/
const INJECT = /\/assets\/modules\/channel-web\/inject\.js/

/** Pages below the folder with a chat on them: they load `inject.js`, call `botpressWebChat`, or use Voiceflow's widget. Sorted by path. */
export function findPages(base: string): Page[] {
  return filesBelow(base, ['.html', '.htm']).flatMap(file => {
    const html = readText(file)
    if (html === undefined) return []
    if (BOTPRESS.test(html)) return [readPage(base, file, html)]
    return VOICEFLOW.test(html) ? [{ ...readPage(base, file, html), plays: 'voiceflow' as const }] : []
  })
}

function readPage(base: string, file: string, html: string): Page {
  const page: Page = {
    id: pathBelow(base, file),
    title: TITLE.exec(html)?.[1]?.trim() || basename(file),
    file,
    botIds: [],
    events: [],
    problems: []
  }
  for (const match of html.matchAll(SCRIPT)) {
    const line = html.slice(0, match.index + match[0].indexOf('>') + 1).split('\n').length
    const source = SRC.exec(match[1]!)
    const src = source && (source[1] ?? source[2] ?? source[3])
    if (src === null || src === undefined) add(page, file, match[2]!, line)
    else if (INJECT.test(src)) page.problems.push(...injectProblems(file, src, line))
    else {
      const script = localScript(base, file, src)
      const text = script && readText(script)
      if (script && text?.includes('botpressWebChat')) add(page, script, text, 1)
    }
  }
  return page
}

function add(page: Page, file: string, text: string, firstLine: number): void {
  const read = readScript(text)
  page.botIds.push(...read.botIds.filter(id => !page.botIds.includes(id)))
  page.events.push(...read.events.map(event => ({ ...event, line: event.line + firstLine - 1, file })))
}

/** A page is served as it is, so an address of another server is asked of that server. */
function injectProblems(file: string, src: string, line: number): Page['problems'] {
  if (!/^(https?:)?\/\//i.test(src)) return []
  const problem = `This page loads inject.js from ${src}, so the chat on it is not the simulator's. Use src="/assets/modules/channel-web/inject.js", which works here and on pages that the Botpress server serves.`
  return [{ kind: 'data-problem', at: Date.now(), place: { file, line }, problem }]
}

/** The file of the workspace that a `src` names, looked for as the gateway does. */
function localScript(base: string, file: string, src: string): string | undefined {
  if (/^([a-z]+:)?\/\//i.test(src)) return undefined
  const path = decode(src.replace(/[?#].*$/, ''))
  if (!path.startsWith('/')) return inside(base, resolve(dirname(file), path))
  for (let at = dirname(file); ; at = dirname(at)) {
    const found = inside(base, join(at, path))
    if (found && exists(found)) return found
    if (at === base || dirname(at) === at) return undefined
  }
}

function inside(base: string, file: string): string | undefined {
  return file.startsWith(base + sep) ? file : undefined
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}

/** The text, or undefined for what cannot be read or is too big for a page. */
function readText(file: string): string | undefined {
  try {
    return statSync(file).size > MAX_BYTES ? undefined : readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
