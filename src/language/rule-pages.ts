import type { Rule, Sample } from './rule.ts'
import { withoutRuleNumbers } from './rule-numbers.ts'
import { SETTINGS_FILE } from './rule-settings.ts'
import { RULES } from './rules/index.ts'

const GROUPS: Record<string, string> = {
  BPH: 'Hooks',
  BPP: 'Pages with Botpress’s chat',
  BPX: 'Page and hook together',
  BPC: 'Configuration',
  VFP: 'Pages with Voiceflow’s chat',
  BFP: 'Bots of the Bot Framework and the Agents SDK'
}

/** The pages that explain the rules, by file name: one for each rule, and a list. */
export function rulePages(): Record<string, string> {
  const pages: Record<string, string> = { 'README.md': listOf(RULES) }
  for (const rule of RULES) pages[`${rule.id}.md`] = pageOf(rule)
  return pages
}

function pageOf(rule: Rule): string {
  const comment =
    rule.about === 'page' ? `<!-- proactive-hooks-disable-next-line ${rule.id} -->` : `// proactive-hooks-disable-next-line ${rule.id}`
  return `# ${rule.id}: ${rule.title}

\`${rule.name}\` · ${rule.severity}

**What the visitor experiences.** ${withoutRuleNumbers(rule.visitor)}

**Why.** ${withoutRuleNumbers(rule.why)}

## Wrong

${sampleOf(rule.bad)}

## Right

${sampleOf(rule.good)}

## Switching it off

For one line, with a comment above it:

\`\`\`${rule.about === 'page' ? 'html' : 'js'}
${comment}
\`\`\`

For a folder, in a file \`${SETTINGS_FILE}\`:

\`\`\`json
{ "rules": { "${rule.id}": "off" } }
\`\`\`
`
}

function sampleOf(sample: Sample): string {
  const others = Object.entries(sample.others ?? {}).map(([file, text]) => block(file, text))
  return [block(sample.file, sample.text), ...(others.length > 0 ? ['Next to it:', ...others] : [])].join('\n\n')
}

function block(file: string, text: string): string {
  const language = /\.html?$/.test(file) ? 'html' : /\.json$/.test(file) ? 'json' : 'js'
  return `\`${file}\`\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}

function listOf(rules: readonly Rule[]): string {
  const parts = Object.entries(GROUPS).map(([prefix, title]) => {
    const rows = rules
      .filter(rule => rule.id.startsWith(prefix))
      .map(rule => `| [${rule.id}](${rule.id}.md) | ${rule.title} | ${rule.severity} |`)
    return `## ${title}\n\n| rule | what is wrong | severity |\n| --- | --- | --- |\n${rows.join('\n')}`
  })
  return `# Rules

Mistakes of proactive hooks and pages that Botpress passes over in silence. Each is reported while you type and by \`proactive-hooks check\`, with what the
visitor of the chat would experience. Errors are certain to fail; warnings usually do.

- Silence one line: \`// proactive-hooks-disable-next-line BPH004\` above it, or \`// proactive-hooks-disable-line BPH004\` behind it; a whole file: \`// proactive-hooks-disable BPH004\`.
  In HTML the same within \`<!-- … -->\`. Several rules are separated by commas; without a name the comment silences all.
- Change a folder: \`${SETTINGS_FILE}\` with \`{ "rules": { "BPH033": "off", "BPH014": "error" } }\`. It counts for everything below; the nearest file wins.
- Another Node than Botpress’s 12: \`{ "node": 16 }\` in the same file, or the setting \`proactiveHooks.language.node\`.
- Another SDK than that of Botpress 12.31: \`{ "sdk": "workspace" }\` in that file of the opened folder takes the workspace’s own \`botpress.d.ts\`, as the setting \`proactiveHooks.language.sdk\` does.

${parts.join('\n\n')}
`
}
