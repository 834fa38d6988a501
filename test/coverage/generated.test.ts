import assert from 'node:assert/strict'
import vm from 'node:vm'
import fc from 'fast-check'
import { count } from './counting.ts'

/** A program twice: as it is, and with a call before each statement that counts it. The second is the judge of the first. */
interface Twin {
  plain: string
  counting: string
}

const joined = (parts: Twin[], around = ''): Twin => ({
  plain: parts.map(({ plain }) => plain).join(around),
  counting: parts.map(({ counting }) => counting).join(around)
})
const same = (text: string): Twin => ({ plain: text, counting: text })
/** A statement; numbers are given later, in the order of the text. */
const statement = (text: string): Twin => ({ plain: text, counting: `__();${text}` })

const { block } = fc.letrec<{ block: Twin; one: Twin }>(tie => ({
  block: fc.array(tie('one'), { minLength: 1, maxLength: 3 }).map(parts => joined(parts, '\n')),
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('x = x + 1;', 'x += 3;', 'note(x);').map(statement),
    fc.constant(statement('await null;')),
    fc.constant(statement('await end();')),
    fc
      .tuple(fc.integer({ min: 2, max: 3 }), tie('block'), tie('block'))
      .map(([by, yes, no]) => joined([statement(`if (x % ${by} === 0)`), same(' {\n'), yes, same('\n} else {\n'), no, same('\n}')])),
    fc
      .tuple(fc.integer({ min: 2, max: 3 }), tie('block'))
      .map(([by, yes]) => joined([statement(`if (x % ${by} === 0)`), same(' {\n'), yes, same('\n}')])),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), tie('block'))
      .map(([times, body]) => joined([statement(`for (const i of list(${times}))`), same(' {\n'), body, same('\n}')])),
    fc
      .tuple(tie('block'), fc.boolean())
      .map(([body, throws]) =>
        joined([
          same('try {\n'),
          body,
          same('\n'),
          throws ? statement("throw 'x';") : same(''),
          same('\n} catch (error) {\n'),
          statement('note(error);'),
          same('\n}')
        ])
      ),
    fc
      .tuple(tie('block'), fc.boolean())
      .map(([body, called]) =>
        joined([same('async function inner() {\n'), body, same('\n}\n'), called ? statement('await inner();') : same('')])
      )
      .map(part => joined([same('{\n'), part, same('\n}')])),
    fc.constant(joined([statement('if (x > 40)'), same(' {\n'), statement('return x;'), same('\n}')]))
  )
}))

const HELPERS = { note: () => {}, list: (length: number) => Array.from({ length }, (_, index) => index) }
const PARAMS = ['note', 'list', 'end']

function program(body: Twin): Twin {
  const { plain, counting } = joined([
    same('let x;\nconst run = async () => {\n'),
    statement('x = 0;'),
    same('\n'),
    body,
    same('\n};\nreturn run();')
  ])
  let number = 0
  return { plain, counting: counting.replaceAll('__()', () => `__(${number++})`) }
}

describe('Counts of generated programs', function () {
  this.timeout(60_000)

  it('are those that the program gets by counting itself, however the run is divided', async () => {
    await fc.assert(
      fc.asyncProperty(block.map(program), async ({ plain, counting }) => {
        const judged = new Map<number, number>()
        const judge = vm.compileFunction(counting, ['__', ...PARAMS])
        await judge(
          (index: number) => judged.set(index, (judged.get(index) ?? 0) + 1),
          HELPERS.note,
          HELPERS.list,
          async () => {}
        )

        const script = await count(plain, PARAMS, (body, take) => body(HELPERS.note, HELPERS.list, async () => take()))
        // The frame of the program is not counted by itself: `const run = …` and `return run()`.
        const [, ...statements] = script!.statements.toSorted((a, b) => a.span.line - b.span.line || a.span.column - b.span.column)
        const inside = statements.slice(0, -1)
        assert.deepEqual(
          inside.map(({ count }) => count),
          inside.map((_, index) => judged.get(index) ?? 0),
          plain
        )
      }),
      { numRuns: 60 }
    )
  })
})
