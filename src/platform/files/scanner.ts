// @clause X.4
import { spawn } from 'node:child_process'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/** A program of the operator's that looks files through for malware (恶意代码扫描): it reads a file from standard input and ends with 0 for clean, 1 for found, anything else for a failure, as `clamdscan -` does. */
export type Scanner = {
  /** Passes a file on as it was and shows it to the program on the way. After its last byte it waits for the word: refuses `file.infected`, and `scanner.failed` where there is none. */
  watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined>
}

const WORD_WITHIN_MS = 60_000
const MOST_SAID = 4_000

/** A scanner by its command line, words apart by spaces; each file gets a process of its own. `wordWithinMs`: how long it may take after the last byte. */
export function openScanner(commandLine: string, wordWithinMs = WORD_WITHIN_MS): Scanner {
  const [program, ...args] = commandLine.trim().split(/\s+/) as [string, ...string[]]
  return {
    async *watch(chunks) {
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env.PATH, LANG: 'C' } })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (said = `${said}${chunk}`.slice(0, MOST_SAID)))
      let [ended, go] = [false, (): void => undefined]
      const code = new Promise<number | null>((done) => child.once('error', (error) => { said = error.message; done(null) }).once('close', (number) => done(number))).then((number) => {
        ended = true
        go()
        return number
      })
      // A program that has seen enough closes its end; its word counts, but not that all is well.
      child.stdin.on('drain', () => go()).on('error', () => undefined)
      const within = async <Word>(word: Promise<Word>): Promise<Word> => {
        const timer = setTimeout(() => child.kill('SIGKILL'), wordWithinMs)
        return word.finally(() => clearTimeout(timer))
      }
      try {
        for await (const chunk of chunks) {
          if (!child.stdin.write(chunk) && !ended) await within(new Promise<void>((drained) => (go = drained)))
          if (ended) break
          yield chunk
        }
        const whole = !ended
        child.stdin.end()
        const word = await within(code)
        if (word === 1) throw infected(said)
        if (word !== 0 || !whole || child.stdin.errored !== null) throw failed(word, said)
      } finally {
        child.kill('SIGKILL')
      }
    },
  }
}

// The text that every scanner has to find and that harms nothing (eicar.org); in two pieces, so that none finds it here.
const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}${'$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'}`

/** Whether a scanner finds the harmless test text: `finds`, `overlooks`, or `fails`. For the start, so that an operator learns of a wrong command line before somebody's upload does. */
export async function tryScanner(scanner: Scanner): Promise<'finds' | 'overlooks' | 'fails'> {
  try {
    // oxlint-disable-next-line no-unused-vars
    for await (const _ of scanner.watch((async function* () { yield Buffer.from(EICAR) })()));
    return 'overlooks'
  } catch (error) {
    return error instanceof Refusal && error.code === 'file.infected' ? 'finds' : 'fails'
  }
}

function infected(said: string): Refusal {
  const [, name] = /: ([\w.:/-]{1,80}) FOUND/.exec(said) ?? []
  const [zh, en] = name === undefined ? ['', ''] : [`（${name}）`, ` (${name})`]
  return new Refusal({
    code: 'file.infected', message: text(`安全扫描在文件中发现恶意内容${zh}，没有保存`, `The scan found malware in the file${en}; it was not kept`),
    fix: text('请用杀毒软件检查本机，换一份干净的文件再上传；认为误报的，请把文件名和时间告诉系统管理员', 'Have this computer checked, and upload a clean copy; if it is a false alarm, tell the system administrator name and time'),
  })
}

function failed(code: number | null, said: string): Refusal {
  console.error(`the scanner of uploads gave no word: ended with ${code ?? 'nothing'}, said ${said.slice(0, 500).trim() || 'nothing'}`)
  return new Refusal({
    code: 'scanner.failed', status: 503, message: text('安全扫描没有给出结果，文件没有保存', 'The scan gave no word; the file was not kept'), retryAfterS: 60,
    fix: text('请稍后再上传；如仍不行，请告诉系统管理员：安全扫描不可用', 'Upload it again later; if it stays, tell the system administrator that the scan does not work'),
  })
}
