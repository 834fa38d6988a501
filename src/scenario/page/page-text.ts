/** An inline script of a page, with its place: `line` from 1, `column` from 0, as `vm.Script` takes them. */
export interface ScriptText {
  text: string
  line: number
  column: number
}

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi

export function inlineScripts(html: string): ScriptText[] {
  return [...html.matchAll(SCRIPT)].flatMap(match => {
    if (/\bsrc\s*=/i.test(match[1]!)) return []
    const start = match.index + match[0].indexOf('>', match[1]!.length) + 1
    const before = html.slice(0, start)
    const line = before.split('\n').length
    return [{ text: match[2]!, line, column: start - before.lastIndexOf('\n') - 1 }]
  })
}
