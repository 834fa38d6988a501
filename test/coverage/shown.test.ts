import assert from 'node:assert/strict'
import { ownLines } from '../../src/coverage/shown.ts'
import { count } from './counting.ts'

const HOOK = `const offerHelp = async () => {
  if (event.type !== 'idle') {
    return
  }

  if (event.offered) {
    return
  }
  const texts = event.texts.map(text => {
    return text.trim()
  })
  return [texts, {
    a: 1
  }]
}

return offerHelp()`

/** Each line with what an editor would colour it by: `+` executed, `-` not, both where a line has both. */
async function coloured(text: string, event: object): Promise<string[]> {
  const script = await count(text, ['event'], body => body(event))
  assert.ok(script)
  const { statements, branches } = script
  const ways = branches.flatMap(({ ways }) => ways.flatMap(({ span, count }) => (span ? [{ span, count }] : [])))
  return text.split('\n').map((line, index) => {
    const here = [...statements, ...ways].filter(({ span }) => {
      const { line: first, endLine } = ownLines(span, statements)
      return first <= index + 1 && index + 1 <= endLine
    })
    const signs = new Set(here.map(({ count }) => (count > 0 ? '+' : '-')))
    return `${[...signs].sort().join('') || ' '} ${line.trim()}`
  })
}

describe('Lines as an editor colours them', () => {
  it('have the colour of what stands in them, not of the function around', async () => {
    assert.deepEqual(await coloured(HOOK, { type: 'other' }), [
      '+ const offerHelp = async () => {',
      "+ if (event.type !== 'idle') {",
      '+ return',
      '  }',
      '  ',
      '- if (event.offered) {',
      '- return',
      '  }',
      '- const texts = event.texts.map(text => {',
      '- return text.trim()',
      '  })',
      '- return [texts, {',
      '- a: 1',
      '- }]',
      '  }',
      '  ',
      '+ return offerHelp()'
    ])
  })

  it('are both where one line has both', async () => {
    const [line] = await coloured('const never = () => { return 1 }', {})
    assert.equal(line, '+- const never = () => { return 1 }')
  })
})
