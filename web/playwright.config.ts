import { defineConfig } from '@playwright/test'

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: these tests need a running server with vehicles that move`)
  return value
}

export const server = setting('DROVER_URL')
export const account = { email: setting('DROVER_EMAIL'), password: setting('DROVER_PASSWORD') }

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2, // files run side by side on one server, so no test may need the fleet for itself
  forbidOnly: true,
  retries: 2, // shared machines stall for seconds; what passes only then is printed as flaky
  timeout: 120_000, // the map is drawn in software, on machines that others share
  expect: { timeout: 40_000 },
  reporter: 'list',
  use: {
    baseURL: server,
    viewport: { width: 1600, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    timezoneId: 'UTC',
    locale: 'en-GB',
    serviceWorkers: 'block', // what it answers, tests cannot see; offline.spec.ts lets it in
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-gpu-compositing', // without a graphics card it only takes longer
        `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${new URL(server).hostname}`,
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
})
