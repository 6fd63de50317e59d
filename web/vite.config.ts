import { defineConfig } from 'vitest/config'
import { smallFonts } from './scripts/fonts.mjs'

// The server's address during development: `npm run dev` passes the API, the live line and the tiles on to it.
const server = process.env.DROVER_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [smallFonts()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
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
