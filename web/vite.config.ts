import { defineConfig } from 'vitest/config'
import { smallFonts } from './scripts/fonts.mjs'
import { offline } from './scripts/offline.mjs'

// The server's address during development: `npm run dev` passes the API, the live line and the tiles on to it.
const server = process.env.DROVER_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [smallFonts(), offline()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      // What several chunks share is one file, rather than one for each set of those who share it.
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: /\/src\/(?!map|rooms)/, minShareCount: 2 }] },
      },
    },
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': { target: server, ws: true },
      '/tiles': { target: server },
    },
  },
  test: { include: ['src/**/*.test.ts'], reporters: 'default' },
})
