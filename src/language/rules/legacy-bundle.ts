import type { PageRule } from '../rule.ts'

const page = (path: string) => `<script type="text/javascript">
  const script = document.createElement('script')
  script.src = 'https://cdn.voiceflow.com/${path}/bundle.mjs'
  script.onload = () => window.voiceflow.chat.load({ verify: { projectID: 'p' } })
  document.head.append(script)
</script>
`

export const rule: PageRule = {
  id: 'VFP004',
  name: 'legacy-bundle',
  severity: 'warning',
  about: 'page',
  title: 'a widget that is no longer supported',
  visitor: 'The chat may be gone any day.',
  why: 'The widget of `widget/bundle.mjs` was supported until June 2025. Its successor lies at `widget-next/bundle.mjs`, has the same functions and takes `voice.url` as well.',
  bad: { file: 'web/index.html', text: page('widget') },
  good: { file: 'web/index.html', text: page('widget-next') },
  check({ text, report }) {
    for (const match of text.matchAll(/cdn\.voiceflow\.com\/(widget)\/bundle\.mjs/g)) {
      const start = match.index + 'cdn.voiceflow.com/'.length
      report({ start, end: start + 'widget'.length }, 'This is the widget of before 2025, which is no longer supported.', {
        fixes: [{ title: 'Load the current widget', edits: [{ span: { start, end: start + 'widget'.length }, text: 'widget-next' }] }]
      })
    }
  }
}
