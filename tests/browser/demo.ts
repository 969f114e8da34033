import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type BrowserContextOptions, type Page } from '@playwright/test'
import type { Endpoint, InputOf, OutputOf } from '../../src/kernel/endpoint.ts'
import { demoSignIn } from '../../src/app/demo/contract.ts'
import { whoAmI } from '../../src/modules/organisation/contract.ts'
import { findChromium } from '../support/chromium.mjs'
import { preparedFolder } from '../support/database.ts'
import { wordsApart } from '../../src/kernel/words.ts'

const PATIENCE_MS = 180_000
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic', '--no-first-run', '--disable-component-update', '--disable-sync']

// What a page says when a test of it fails is gone with the machine that ran it: it is printed.
const windows = new Set<Page>()
afterEach(async (context) => {
  if ((context as unknown as { passed: boolean }).passed) return
  for (const window of windows) console.error(`▸ ${window.url()}\n${(await window.locator('body').innerText({ timeout: 1000 }).catch(String)).slice(0, 1500)}`)
})

/**
 * The program as a newcomer starts it (`serve --demo`, in a process of its own; on tables that stand already unless `fromNothing`) and a browser to walk through it. `complaints` gathers what the
 * browser complains of on any page: errors of scripts, refused by the content security policy, answers of 500.
 */
export async function openDemo(subjects: number, { port = 0, identityServices, fromNothing = false }: { readonly port?: number; readonly identityServices?: string; readonly fromNothing?: boolean } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'xinheng-browser-'))
  if (!fromNothing) await preparedFolder(join(data, 'database'))
  const server = spawn(process.execPath, ['src/app/cli.ts', 'serve', '--demo', '--demo-subjects', String(subjects), '--port', String(port), '--data', data, ...(identityServices === undefined ? [] : ['--identity-services', identityServices])], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<never>((_, reject) => server.once('exit', (code) => reject(new Error(`the server ended with ${code}`))))
  ended.catch(() => undefined)
  const address = new Promise<string>((resolve) => {
    let said = ''
    server.stdout.on('data', (piece: Buffer) => {
      said += piece.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found) resolve(found[0])
    })
  })
  const [base, browser] = await Promise.all([Promise.race([address, ended]), chromium.launch({ executablePath: findChromium()!, args: FLAGS })])
  const complaints: string[] = []
  const signIn = async (userName: string): Promise<string> => {
    const answer = await fetch(`${base}/api${demoSignIn.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userName }) })
    return answer.headers.get('set-cookie')!.split(';')[0]!
  }
  const cookie = await signIn('credit')

  /** Asks the API as the screens do. */
  async function ask<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>> {
    const rest: Record<string, unknown> = { ...(input as object) }
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = rest[name]
      delete rest[name]
      return String(value)
    })
    const apart = wordsApart(`${base}/api${path}?${new URLSearchParams(Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]))}`)
    const response = await fetch(apart.address, { headers: { cookie, ...apart.headers } })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return endpoint.output.parse(await response.json()) as OutputOf<E>
  }

  /** A window of the browser, in Chinese unless `english`; signed in as an officer of the credit office, as another person of the demo, or as nobody. */
  async function openWindow({ english = false, as = 'credit', ...options }: BrowserContextOptions & { readonly english?: boolean; readonly as?: string | null } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: base, acceptDownloads: true, ...options })
    if (english) await context.addInitScript("localStorage.setItem('xinheng.language', 'en')")
    if (as !== null) {
      const [name, value] = (as === 'credit' ? cookie : await signIn(as)).split('=', 2) as [string, string]
      await context.addCookies([{ name, value, url: base }])
    }
    const page = await context.newPage()
    windows.add(page)
    page.once('close', () => windows.delete(page))
    const complain = (what: string) => complaints.push(`${new URL(page.url()).pathname}: ${what}`)
    page.on('console', (message) => message.type() === 'error' && complain(message.text()))
    page.on('pageerror', (error) => complain(error.message))
    page.on('response', (response) => response.status() >= 500 && complain(`${response.status()} ${response.url()}`))
    return page
  }

  return {
    base, data, complaints, ask, openWindow, signIn,
    /** Waits until the demo district is filled. */
    async filled() {
      const until = performance.now() + PATIENCE_MS
      while ((await ask(whoAmI, {})).filling !== null) {
        if (performance.now() > until) throw new Error('the demo district is not filled')
        await Promise.race([wait(300), ended])
      }
    },
    async close() {
      await browser.close()
      server.removeAllListeners('exit')
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await Promise.race([gone, wait(5000, null, { ref: false }).then(() => server.kill('SIGKILL'))])
      rmSync(data, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
