/** What is changed in a page on its way to the browser. Nothing but this: lines stay where they are, so that places in the trace are right. */

const INJECT = /(\bsrc\s*=\s*["']?)https?:\/\/[^"'\s>]*?(\/assets\/modules\/channel-web\/inject\.js)/gi
const HEAD = /<head(?:\s[^>]*)?>/i
const HTML = /<html(?:\s[^>]*)?>/i
const DOCTYPE = /^\s*<!doctype[^>]*>/i

/** Address of Voiceflow's widget, the old one or the present one. */
export const VOICEFLOW = /https:\/\/cdn\.voiceflow\.com\/(widget(?:-next)?)\/bundle\.mjs/gi

export interface RewriteOptions {
  /** Path of the script that runs before all others of the page. */
  stage: string
  /** Path by which the page finds `inject.js` of this server, whatever server it names. */
  inject: string
  /** Path below which the stand-ins for Voiceflow's widgets lie: `<path>/widget-next.js`. */
  voiceflow: string
}

/** The page with the stage's script before its own ones, and the chats' scripts taken from here instead of from their servers. */
export function rewritePage(html: string, { stage, inject, voiceflow }: RewriteOptions): string {
  const ours = html
    .replace(INJECT, (_, attribute: string) => attribute + inject)
    .replace(
      /(<script\b[^>]*\bsrc\s*=\s*["']?)(https:\/\/cdn\.voiceflow\.com\/widget(?:-next)?\/bundle\.mjs)/gi,
      (_, before: string, url: string) => before + voiceflowPath(url, voiceflow)
    )
  const script = `<script src="${stage}"></script>`
  for (const where of [HEAD, HTML, DOCTYPE]) {
    const match = where.exec(ours)
    if (match) return ours.slice(0, match.index + match[0].length) + script + ours.slice(match.index + match[0].length)
  }
  return script + ours
}

function voiceflowPath(url: string, below: string): string {
  return `${below}/${/widget(?:-next)?/i.exec(url)![0].toLowerCase()}.js`
}
