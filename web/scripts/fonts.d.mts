import type { Plugin } from 'vite'

export function smallFonts(): Plugin
