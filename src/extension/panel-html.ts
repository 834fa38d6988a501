/** What the page of the simulator needs to be shown inside the editor. Addresses are complete; `cspSource` is the webview's own. */
export interface PanelPage {
  readonly cspSource: string
  readonly nonce: string
  readonly script: string
  readonly style: string | undefined
  /** Origins of the user's page and widget; nothing else may be framed. */
  readonly frames: readonly string[]
  readonly title: string
  readonly language: string
}

/** The webview's document: nothing loads but our script, the parts that it imports (they inherit its nonce), and our style, and only the simulator's own server may be framed. */
export function panelHtml(page: PanelPage): string {
  const frames = page.frames.length > 0 ? page.frames.join(' ') : "'none'"
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource}`,
    `font-src ${page.cspSource}`,
    `img-src ${page.cspSource} data:`,
    `frame-src ${frames}`,
    "form-action 'none'",
    "base-uri 'none'"
  ].join('; ')
  const style = page.style ? `\n    <link rel="stylesheet" href="${attribute(page.style)}">` : ''
  return `<!DOCTYPE html>
<html lang="${attribute(page.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">${style}
    <title>${attribute(page.title)}</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" nonce="${page.nonce}" src="${attribute(page.script)}"></script>
  </body>
</html>
`
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
