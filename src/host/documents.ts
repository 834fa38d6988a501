/** The documents that the gateway makes: the widget's frame and the simulator's page for a plain browser. */

/** Where pages may have style sheets for their chats, and the fonts that these name. */
const HERE = "'self' http://127.0.0.1:* http://localhost:*"

const WIDGET_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src ${HERE}`,
  `font-src ${HERE} data:`,
  // Pictures and sounds that a bot sends may come from anywhere.
  'img-src * data: blob:',
  'media-src * data: blob:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'"
].join('; ')

const PANEL_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' http://127.0.0.1:* http://localhost:*",
  "base-uri 'none'",
  "form-action 'none'"
].join('; ')

export interface Document {
  html: string
  policy: string
}

/** The chat's frame; everything that the page tells it is in its address. @param version the release of Botpress whose chat it is */
export function widgetDocument(version: string): Document {
  return {
    policy: WIDGET_POLICY,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="botpress-version" content="${version.replace(/[^\w.-]/g, '')}">
<title>Chat</title>
<link rel="stylesheet" href="widget.css">
</head>
<body><div id="app"></div><script src="widget.js"></script></body>
</html>
`
  }
}

/** The simulator for a plain browser: the panel's code, with server-sent events instead of an editor. */
export function panelDocument(): Document {
  return {
    policy: PANEL_POLICY,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Proactive Hooks</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="panel-theme.css">
<link rel="stylesheet" href="panel.css">
</head>
<body><div id="root"></div><script type="module" src="panel.js"></script></body>
</html>
`
  }
}
