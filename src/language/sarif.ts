import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Finding } from './check.ts'
import { withoutRuleNumbers } from './rule-numbers.ts'
import { RULES } from './rules/index.ts'

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const

/**
 * Findings as a SARIF 2.1.0 log, which code hosts show at the lines of a change.
 *
 * @param folder addresses of files are relative to it
 */
export function sarifOf(findings: readonly Finding[], folder: string): object {
  const used = RULES.filter(rule => findings.some(finding => finding.code === rule.id))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'proactive-hooks',
            rules: used.map(rule => ({
              id: rule.id,
              name: rule.name,
              shortDescription: { text: rule.title },
              fullDescription: { text: withoutRuleNumbers(`${rule.visitor} ${rule.why}`) },
              defaultConfiguration: { level: LEVELS[rule.severity] }
            }))
          }
        },
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(folder).toString().replace(/\/$/, '')}/` } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ file, code, severity, message, range }) => ({
          ruleId: code,
          level: LEVELS[severity],
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: {
                  uri: relative(folder, file).replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/'),
                  uriBaseId: 'ROOT'
                },
                region: {
                  startLine: range.start.line + 1,
                  startColumn: range.start.character + 1,
                  endLine: range.end.line + 1,
                  endColumn: range.end.character + 1
                }
              }
            }
          ]
        }))
      }
    ]
  }
}
