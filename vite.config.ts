import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// zod tries `new Function` while it is loaded, which the content security policy forbids and browsers report; told before, it does not try.
const noEval = 'globalThis.__zod_globalConfig={jitless:true};'

// Compressed once here, so that the server only picks the file that the browser understands. Fonts are compressed already.
const compressed: Plugin = {
  name: 'compressed', apply: 'build',
  writeBundle({ dir }) {
    for (const name of readdirSync(dir!, { recursive: true, encoding: 'utf8' }).filter((each) => /\.(js|css|html|svg)$/.test(each))) {
      const content = readFileSync(join(dir!, name))
      writeFileSync(join(dir!, `${name}.br`), brotliCompressSync(content))
      writeFileSync(join(dir!, `${name}.gz`), gzipSync(content, { level: 9 }))
    }
  },
}

// Two pages: the officers' console under /console, and the space of businesses under /my. Fonts stay files: the content security policy forbids data: fonts.
export default defineConfig({
  base: '/',
  // The server puts a fresh nonce there with each showing of the page: src/platform/http/page.ts.
  html: { cspNonce: '__NONCE__' },
  plugins: [react(), compressed],
  build: { outDir: 'dist/web', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', chunkSizeWarningLimit: 1600,
    rolldownOptions: { input: ['index.html', 'my.html'], output: { banner: ({ moduleIds, name }) => (name.endsWith('.css') || !moduleIds.some((id) => id.includes('/zod/')) ? '' : noEval) } } },
  server: { port: 7301, proxy: { '/api': 'http://127.0.0.1:7300' } },
})
