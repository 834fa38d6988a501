import assert from 'node:assert/strict'
import { count, offsetOf } from './counting.ts'

/** A text in which a mark stands before each statement: how often it is executed. */
function marked(text: string): { code: string; marks: Map<number, number> } {
  const marks = new Map<number, number>()
  let code = ''
  let from = 0
  for (const match of text.matchAll(/«(\d+)»/g)) {
    code += text.slice(from, match.index)
    marks.set(code.length, Number(match[1]))
    from = match.index + match[0].length
  }
  return { code: code + text.slice(from), marks }
}

async function assertStatements(text: string, params: string[] = [], ...runs: unknown[][]): Promise<void> {
  const { code, marks } = marked(text)
  const script = await count(code, params, async body => {
    for (const args of runs.length > 0 ? runs : [[]]) await body(...args)
  })
  assert.ok(script)
  assert.deepEqual(
    script.statements.map(({ span, count }) => [offsetOf(code, span), count]).sort(([a], [b]) => a! - b!),
    [...marks]
  )
}

describe('Counts of statements', () => {
  it('are those of a body with a return at its top', () =>
    assertStatements(
      `«2»if (event === 1) {
  «1»return
}
const «1»a = 1, «1»b = a
«1»b`,
      ['event'],
      [1],
      [2]
    ))

  it('tell a function that was never called from one that was', () =>
    assertStatements(`const «1»never = () => { «0»return 1 }
const «1»twice = x => «2»x
«1»twice(twice(1))
function not() { «0»throw 1 }
const «1»object = { method() { «1»return 1 }, get other() { «0»return 2 } }
«1»object.method()
class Kind { constructor() { «1»this.x = 1 } used() { «1»return 1 } unused() { «0»return 2 } }
«1»new Kind().used()`))

  it('follow loops, jumps and cases', () =>
    assertStatements(`«1»for (const x of [1, 2, 3]) {
  «3»if (x === 2) «1»continue
  «2»switch (x) {
    case 1:
      «1»x
      «1»break
    default:
      «1»x
  }
}
«1»do { «1»1 } while (false)
«1»while (false) { «0»1 }`))

  it('take what follows a call that throws, in the same block, for executed: V8 counts blocks (docs/scenarios.md)', () =>
    assertStatements(`const «1»fails = () => { «1»throw new Error('none') }
try {
  «1»fails()
  «1»after()
} catch {}
const «1»waits = async () => {
  «1»await Promise.reject(new Error('none'))
  «0»after()
}
«1»return waits().catch(() => {})`))

  it('follow an asynchronous function over its waits, and what it throws', () =>
    assertStatements(
      `const «2»run = async () => {
  «2»if (!event) {
    «1»throw new Error('none')
  }
  «1»await event
  try {
    «1»await Promise.reject(1)
    «0»event()
  } catch (error) {
    «1»return error
  }
}
«2»return run().catch(() => «1»0)`,
      ['event'],
      [undefined],
      [Promise.resolve(1)]
    ))

  it('leave directives and bare declarations out, which execute nothing', () => assertStatements(`'use strict'\nlet a\n«1»a = 1`))

  it('add up over parts of a run, also where a function waits while a part ends', async () => {
    const code = `const later = async () => {
  before()
  await event
  const inner = () => 1
  if (await event) { after() } else { other() }
}
return later()`
    const seen = await count(code, ['event', 'before', 'after', 'other'], async (body, take) => {
      let go = () => {}
      const waits = new Promise<boolean>(resolve => {
        go = () => resolve(true)
      })
      const done = body(
        waits,
        () => {},
        take,
        () => {}
      )
      take()
      go()
      await done
    })
    const at = (text: string) => seen?.statements.find(({ span }) => code.startsWith(text, offsetOf(code, span)))?.count
    assert.deepEqual([at('before()'), at('await event'), at('after()'), at('other()'), at('1'), at('later =')], [1, 1, 1, 0, 0, 1])
  })
})

describe('Counts of branches and functions', () => {
  it('have a way for what is not written down', async () => {
    const script = await count(
      'if (event) { 1 }\nevent ? 1 : 2\nevent || 3\nswitch (event) { case 1: break; case 2: 0 }',
      ['event'],
      body => {
        body(1)
        body(1)
        body(0)
      }
    )
    assert.deepEqual(
      script?.branches.map(({ ways }) => ways.map(({ name, count, span }) => `${name} ${count}${span ? '' : ' unwritten'}`)),
      [['if 2', 'else 1 unwritten'], ['if 2', 'else 1'], ['|| 1'], ['case 2', 'case 0']]
    )
  })

  it('know functions by name', async () => {
    const script = await count('const a = () => 1\nfunction b() {}\nconst c = { d() {} }\na(); c.d(); [1].map(() => 2)', [], body => body())
    assert.deepEqual(
      script?.functions.map(({ name, count }) => `${name} ${count}`),
      ['a 1', 'b 0', 'd 1', '(anonymous) 1']
    )
  })

  it('do not stop at a debugger statement, which nobody could leave', async () => {
    const script = await count('debugger\nreturn 1', [], body => body())
    assert.deepEqual(
      script?.statements.map(({ count }) => count),
      [1, 1]
    )
  })

  it('say nothing of a text that is no script', async () => {
    const { measure } = await import('../../src/coverage/measure.ts')
    assert.equal(measure({ file: '/a.js', at: { line: 0, column: 0 }, text: 'const = 1', functions: [] }), undefined)
  })
})
