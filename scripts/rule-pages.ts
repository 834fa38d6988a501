/** Writes docs/rules from the rules themselves: `node scripts/rule-pages.ts`. A test compares the two. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rulePages } from '../src/language/rule-pages.ts'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/rules')
mkdirSync(folder, { recursive: true })
const pages = rulePages()
for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text)
console.log(`${Object.keys(pages).length} pages in docs/rules`)
