import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeEditors, eventually, fileIn, labelsAt, show } from './support.ts'

/** What the editor's own JSON support makes of the schema that is contributed for `.proactive-hooks.json`. */
describe('The settings file in the editor', () => {
  const file = fileIn('.proactive-hooks.json')
  const open = async (text: string) => {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text))
    return show(file)
  }
  afterEach(async () => {
    await closeEditors()
    await vscode.workspace.fs.delete(file)
  })

  it('completes what a frequency consists of', async () => {
    const { document } = await open('{ "frequency": {  } }')
    const at = document.positionAt(document.getText().indexOf('{  }') + 2)
    const labels = await eventually('completions of the frequency', async () => {
      const found = await labelsAt(file, at)
      return found.includes('quietHours') && found
    })
    assert.ok(labels.includes('caps'), labels.join())
  })

  it('complains of an hour that is none, and of words that mean nothing', async () => {
    await open('{ "frequency": { "quietHours": { "from": "25:00", "to": "08:00" }, "cap": [] } }')
    const told = await eventually('problems of the settings', () => {
      const found = vscode.languages.getDiagnostics(file)
      return found.length >= 2 && found.map(({ message }) => message)
    })
    assert.match(told.join('; '), /pattern/)
    assert.match(told.join('; '), /cap is not allowed/)
  })
})
