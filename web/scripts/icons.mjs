// Draws the icons of the installed page from public/icon.svg, with Chromium: node scripts/icons.mjs
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const folder = new URL('../public/', import.meta.url).pathname
const svg = readFileSync(`${folder}icon.svg`, 'utf8')
// A maskable icon is cut to any shape by the system: its ground goes to the edges, its sign stays within the middle.
const maskable = svg
  .replace('rx="8"', '')
  .replace('<path', '<path transform="translate(16 16) scale(.72) translate(-16 -16)"')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
for (const [name, size, drawing] of [
  ['icon-192', 192, svg],
  ['icon-512', 512, svg],
  ['icon-maskable-512', 512, maskable],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(
    `<body style="margin:0">${drawing.replace('<svg', `<svg width="${size}" height="${size}"`)}`,
  )
  await page.screenshot({ path: `${folder}${name}.png`, omitBackground: true })
}
await browser.close()
