/**
 * Writes VS Code's log files in place of `@vscode/spdlog`, whose native part is not built here. Without it log channels stay empty:
 * what is shown under *Output* is read from these files. A message is appended at once, so there is nothing to flush.
 */
const { appendFileSync, mkdirSync, renameSync, rmSync, statSync } = require('node:fs')
const { dirname } = require('node:path')

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off']

class Logger {
  #file
  #maxSize
  #level = 2
  #formatted = true
  #size = 0

  constructor(_type, _name, file, maxSize) {
    this.#file = file
    this.#maxSize = maxSize
    mkdirSync(dirname(file), { recursive: true })
    this.#append('')
    this.#size = statSync(file).size
  }

  getLevel() {
    return this.#level
  }
  setLevel(level) {
    this.#level = level
  }
  setPattern() {}
  /** From now on messages are written as they are: the channel's own text. */
  clearFormatters() {
    this.#formatted = false
  }
  flush() {}
  drop() {}

  /** The folder may be gone when VS Code ends. */
  #append(text) {
    try {
      appendFileSync(this.#file, text)
    } catch {}
  }

  write(level, message) {
    if (level < this.#level) return
    // Local time, as the original writes it: 2026-11-21 08:15:00.123
    const now = new Date()
    const time = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 23).replace('T', ' ')
    const text = this.#formatted ? `${time} [${levels[level]}] ${message}\n` : String(message)
    if (this.#maxSize && this.#size + text.length > this.#maxSize) this.#rotate()
    this.#append(text)
    this.#size += text.length
  }

  #rotate() {
    const older = this.#file.replace(/(\.[^.\\/]*)?$/, '.1$1')
    try {
      rmSync(older, { force: true })
      renameSync(this.#file, older)
      this.#size = 0
    } catch {}
  }
}

for (const [name, level] of Object.entries({ trace: 0, debug: 1, info: 2, warn: 3, error: 4, critical: 5 })) {
  Logger.prototype[name] = function (message) {
    this.write(level, message)
  }
}

exports.version = 0
exports.setLevel = () => {}
exports.setFlushOn = () => {}
exports.Logger = Logger
exports.createRotatingLogger = async (...args) => new Logger('rotating', ...args)
exports.createAsyncRotatingLogger = async (...args) => new Logger('rotating_async', ...args)
