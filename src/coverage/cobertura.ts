import { type CoveredFile, linesOf, type Share, sharesOf } from './collection.ts'

/**
 * A report in the form of Cobertura 4 (its DTD `coverage-04.dtd`), which most CI servers draw. A folder is a package, a file a class.
 *
 * @param nameOf how a file is called in it, with forward slashes, below `source`
 */
export function cobertura(files: readonly CoveredFile[], source: string, at: number, nameOf: (file: string) => string): string {
  const packages = new Map<string, CoveredFile[]>()
  for (const file of files) {
    const folder = folderOf(nameOf(file.file))
    packages.set(folder, [...(packages.get(folder) ?? []), file])
  }
  const all = total(files)
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">',
    `<coverage ${rates(all)} lines-covered="${all.lines.covered}" lines-valid="${all.lines.total}" ` +
      `branches-covered="${all.branches.covered}" branches-valid="${all.branches.total}" complexity="0" version="1" timestamp="${at}">`,
    `<sources><source>${attribute(source)}</source></sources>`,
    '<packages>',
    ...[...packages].map(([name, inside]) =>
      [
        `<package name="${attribute(name)}" ${rates(total(inside))} complexity="0"><classes>`,
        ...inside.map(file => classOf(file, nameOf(file.file))),
        '</classes></package>'
      ].join('\n')
    ),
    '</packages>',
    '</coverage>'
  ].join('\n')}\n`
}

function classOf(file: CoveredFile, name: string): string {
  const branches = branchesOfLines(file)
  const line = (number: number, count: number) => {
    const ways = branches.get(number)
    if (!ways) return `<line number="${number}" hits="${count}" branch="false"/>`
    const part = `${Math.round(rate(ways) * 100)}% (${ways.covered}/${ways.total})`
    return `<line number="${number}" hits="${count}" branch="true" condition-coverage="${part}"/>`
  }
  const methods = file.functions.map(({ name, span, count }) => {
    const whole = `line-rate="${count > 0 ? 1 : 0}" branch-rate="${count > 0 ? 1 : 0}" complexity="0"`
    return `<method name="${attribute(name)}" signature="()" ${whole}><lines><line number="${span.line}" hits="${count}"/></lines></method>`
  })
  return [
    `<class name="${attribute(name.slice(name.lastIndexOf('/') + 1))}" filename="${attribute(name)}" ${rates(total([file]))} complexity="0">`,
    `<methods>${methods.join('')}</methods>`,
    `<lines>${[...linesOf(file)].map(([number, count]) => line(number, count)).join('')}</lines>`,
    '</class>'
  ].join('\n')
}

function branchesOfLines({ branches }: CoveredFile): Map<number, Share> {
  const lines = new Map<number, Share>()
  for (const { span, ways } of branches) {
    const { covered, total } = lines.get(span.line) ?? { covered: 0, total: 0 }
    lines.set(span.line, { covered: covered + ways.filter(({ count }) => count > 0).length, total: total + ways.length })
  }
  return lines
}

function total(files: readonly CoveredFile[]): { lines: Share; branches: Share } {
  const lines = files.flatMap(file => [...linesOf(file).values()])
  const branches = files.map(file => sharesOf(file).branches)
  return {
    lines: { covered: lines.filter(count => count > 0).length, total: lines.length },
    branches: { covered: sum(branches.map(one => one.covered)), total: sum(branches.map(one => one.total)) }
  }
}

function rates({ lines, branches }: { lines: Share; branches: Share }): string {
  return `line-rate="${round(rate(lines))}" branch-rate="${round(rate(branches))}"`
}

/** Nothing to cover is covered. */
function rate({ covered, total }: Share): number {
  return total === 0 ? 1 : covered / total
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

function folderOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '.'
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
