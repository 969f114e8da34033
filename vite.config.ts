import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// zod tries `new Function` while it is loaded, which the content security policy forbids and browsers report; told before, it does not try.
const noEval = 'globalThis.__zod_globalConfig={jitless:true};'

// One application for now: the officers' console under /console. Fonts stay files: the content security policy forbids data: fonts.
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: { outDir: 'dist/web', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', chunkSizeWarningLimit: 1600,
    rolldownOptions: { output: { banner: ({ moduleIds, name }) => (name.endsWith('.css') || !moduleIds.some((id) => id.includes('/zod/')) ? '' : noEval) } } },
  server: { port: 7301, proxy: { '/api': 'http://127.0.0.1:7300' } },
})
