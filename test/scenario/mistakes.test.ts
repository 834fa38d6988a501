import assert from 'node:assert/strict'
import { join } from 'node:path'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { answering, HOOKS, type Made, made } from './workspace.ts'

interface Mistake {
  text: string
  says: RegExp
  /** From 1. */
  line: number
}

const MISTAKES: Record<string, Mistake> = {
  'an unknown word': { text: 'steps:\n  - open\nexpct:\n  says: x\n', says: /“expct” is not known here. Did you mean “expect”\?/, line: 3 },
  'an unknown step': {
    text: 'steps:\n  - open\n  - advanced: 3s\n',
    says: /“advanced” is not known here. Did you mean “advance”\?/,
    line: 3
  },
  'an unknown expectation': {
    text: 'steps:\n  - open\n  - expect:\n      say: hello\n',
    says: /“say” is not known here. Did you mean “says”\?/,
    line: 4
  },
  'a word that is like no other': {
    text: 'steps:\n  - open\ngiven:\n  zzzzzzz: 1\n',
    says: /“zzzzzzz” is not known here. Known are folder, bot, page/,
    line: 4
  },
  'a word that is called otherwise here': {
    text: 'steps:\n  - open\n  - sleep: 3s\n',
    says: /“sleep” is not known here. Did you mean “advance”\?/,
    line: 3
  },
  'a step that is like no other, among many': {
    text: 'steps:\n  - zzzzzzz: 3s\n',
    says: /Known are load, reload, .* and \d+ more\.$/,
    line: 2
  },
  'a misspelt step that stands alone': {
    text: 'steps:\n  - opne\n',
    says: /^“opne” is not known here. Did you mean “open”\?$/,
    line: 2
  },
  'a step without its colon': {
    text: 'steps:\n  - open\n  - say Hello\n',
    says: /“say Hello” is one text, .* Did you mean “say: Hello”\?/,
    line: 3
  },
  'a step without what it needs': { text: 'steps:\n  - open\n  - say\n', says: /“say” needs something: “say: …”/, line: 3 },
  'a wrong type': {
    text: 'steps:\n  - open\nexpect:\n  flags: yes please\n',
    says: /A block of words is expected here, not the text “yes please”/,
    line: 4
  },
  'a list that is none': { text: 'steps: open\n', says: /A list is expected here, not the text “open”/, line: 1 },
  'a value that is none of those allowed': {
    text: 'steps:\n  - open\nexpect:\n  dialog: runs\n',
    says: /“ran”, “skipped” or “untouched” is expected here, not the text “runs”/,
    line: 4
  },
  'two steps in one': { text: 'steps:\n  - open: true\n    say: hello\n', says: /A step is one thing, but this has open and say/, line: 2 },
  'a missing page': {
    text: 'given:\n  page: pages/nowhere.html\nsteps:\n  - open\n',
    says: /There is no page pages\/nowhere.html below/,
    line: 2
  },
  'a missing page of a step': { text: 'steps:\n  - load: nowhere.html\n', says: /There is no page nowhere.html below/, line: 2 },
  'a file outside of the folder': {
    text: 'steps:\n  - save:\n      file: ../data/x.js\n      text: ""\n',
    says: /A path below the folder such as data/,
    line: 3
  },
  'a missing bot': { text: 'given:\n  bot: shopp\nsteps:\n  - open\n', says: /There is no bot “shopp”. Did you mean “shop”\?/, line: 2 },
  'a hook that does not exist': {
    text: 'steps:\n  - open\nexpect:\n  notRan: greeet.js\n',
    says: /There is no hook “greeet.js” .* Did you mean “greet.js”\?/,
    line: 4
  },
  'a time that is none': {
    text: 'steps:\n  - advance: 3 parsecs\n',
    says: /A length of time such as 300ms, 1.5s, .* not the text “3 parsecs”/,
    line: 2
  },
  'a date that does not exist': {
    text: 'given:\n  clock: 2025-02-30T09:00\nsteps:\n  - open\n',
    says: /A moment: .* not the text “2025-02-30T09:00”/,
    line: 2
  },
  'time that runs backwards': {
    text: 'steps:\n  - advance: 30s\n  - at: 10s\n',
    says: /10 s after the start has passed already: the steps before this one take 30 s/,
    line: 3
  },
  'a file that extends itself': {
    text: 'extends: ./mistake.scenario.yaml\nsteps:\n  - open\n',
    says: /This file extends itself: mistake.scenario.yaml → mistake.scenario.yaml/,
    line: 1
  },
  'a circle of files': {
    text: 'steps:\n  - open\nextends: ./other.scenario.yaml\n',
    says: /This file extends itself: .*other.scenario.yaml/,
    line: 3
  },
  'extending what is not there': {
    text: 'extends: ./gone.scenario.yaml\nsteps:\n  - open\n',
    says: /There is no file .\/gone.scenario.yaml/,
    line: 1
  },
  'no YAML': { text: 'steps:\n  - open\n  "unfinished\n', says: /This is no YAML/, line: 3 },
  'a tab for indentation': { text: 'steps:\n\t- open\n', says: /This is no YAML: Tabs are not allowed as indentation/, line: 2 },
  'a text instead of a block': { text: 'just words\n', says: /A scenario file is a block of words/, line: 1 },
  'a file that is far too big': {
    text: `steps:\n  - open\n# ${'x'.repeat(10_000_000)}\n`,
    says: /This file has 10.0 MB; a scenario file has at most 1 MB/,
    line: 1
  },
  'a parameter without a value': { text: 'cases:\n  - a: 1\nsteps:\n  - say: ${b}\n', says: /There is no parameter “b”/, line: 4 },
  'a row that is too short': {
    text: 'cases:\n  columns: [a, b]\n  rows: [[1]]\nsteps:\n  - open\n',
    says: /Each row of cases has 2 values \(a, b\), but one has 1/,
    line: 1
  },
  'a bomb of references': {
    text: `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    says: /This is no YAML: Excessive alias count/,
    line: 1
  }
}

describe('a mistake in a scenario file gets one clear error at its line', () => {
  let workspace: Made
  before(() => {
    workspace = made({
      [`${HOOKS}/greet.js`]: answering('hello', 'Hi'),
      'other.scenario.yaml': 'extends: ./mistake.scenario.yaml\nsteps:\n  - open\n'
    })
  })
  after(() => workspace.remove())

  for (const [name, { text, says, line }] of Object.entries(MISTAKES)) {
    it(name, () => {
      const { problems, plans } = readScenarioFile(join(workspace.root, 'mistake.scenario.yaml'), text)
      assert.deepEqual(
        problems.map(problem => problem.range.line),
        [line],
        JSON.stringify(problems, undefined, 2)
      )
      assert.match(problems[0]!.message, says)
      assert.deepEqual(plans, [])
    })
  }

  it('and the other scenarios of the file are there all the same', () => {
    const text = 'scenarios:\n  - name: good\n    steps: [open]\n  - name: bad\n    steps: [opne]\n  - name: good too\n    steps: [open]\n'
    const { problems, plans } = readScenarioFile(join(workspace.root, 'mistake.scenario.yaml'), text)
    assert.deepEqual(
      plans.map(({ name, id }) => [name, id]),
      [
        ['good', '0'],
        ['good too', '2']
      ]
    )
    assert.equal(problems.length, 1)
    assert.equal(problems[0]!.range.line, 5)
  })
})

describe('a scenario file', () => {
  let workspace: Made
  before(() => {
    workspace = made({
      'base.scenario.yaml':
        'given:\n  chat: {showTimestamp: true, botName: Base}\nparameters: {word: base}\nsteps:\n  - open\n  - say: ${word}\n'
    })
  })
  after(() => workspace.remove())
  const read = (text: string, name = 'a.scenario.yaml') => readScenarioFile(join(workspace.root, name), text)

  it('takes over what it extends: given is merged, steps come first, parameters are changed', () => {
    const { plans, problems, uses } = read(
      'extends: ./base.scenario.yaml\nparameters: {word: mine}\ngiven:\n  chat: {botName: Mine}\nsteps:\n  - close\n'
    )
    assert.deepEqual(problems, [])
    assert.deepEqual(plans[0]!.given.chat, { showTimestamp: true, botName: 'Mine' })
    assert.deepEqual(
      plans[0]!.steps.map(({ step }) => step),
      [{ open: null }, { say: 'mine' }, { close: null }]
    )
    assert.deepEqual(uses, [join(workspace.root, 'base.scenario.yaml')])
  })

  it('is found once for each case, values keeping their types', () => {
    const { plans } = read(
      'name: waits ${ms}\ncases: {columns: [ms, text], rows: [[10, a], [20, b]]}\nsteps:\n  - advance: ${ms}\n  - say: "x${text}"\n'
    )
    assert.deepEqual(
      plans.map(({ id, name, group }) => [id, name, group?.name]),
      [
        ['0/0', 'waits 10', 'waits …'],
        ['0/1', 'waits 20', 'waits …']
      ]
    )
    assert.deepEqual(
      plans[1]!.steps.map(({ step }) => step),
      [{ advance: 20 }, { say: 'xb' }]
    )
  })

  it('leaves placeholders of JavaScript alone', () => {
    const { plans, problems } = read(
      'parameters: {a: 1}\nsteps:\n  - script: "alert(`${a} ${window.b}`)"\n  - save: {file: data/x.js, text: "`${c}`"}\n'
    )
    assert.deepEqual(problems, [])
    assert.deepEqual(
      plans[0]!.steps.map(({ step }) => step.script ?? step.save?.text),
      ['alert(`1 ${window.b}`)', '`${c}`']
    )
  })

  it('may be JSON', () => {
    const { plans, problems } = read('{\n\t"name": "json",\n\t"steps": ["open", {"say": "hi"}]\n}\n', 'a.scenario.json')
    assert.deepEqual(problems, [])
    assert.equal(plans[0]!.name, 'json')
  })

  it('without steps is only there to be extended', () => {
    assert.deepEqual(read('given:\n  chat: {}\n').plans, [])
  })

  it('plays only what says only, and says why others are skipped', () => {
    const { plans } = read('scenarios:\n  - {name: a, steps: [open]}\n  - {name: b, only: true, skip: not now, steps: [open]}\n')
    assert.deepEqual(
      plans.map(({ name, skip }) => [name, skip]),
      [['b', 'not now']]
    )
  })
})
