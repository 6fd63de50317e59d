import type { Plugin } from 'vite'

export function worker(names: string[]): string
export function offline(): Plugin
