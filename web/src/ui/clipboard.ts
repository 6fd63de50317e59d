import { words } from '../words'
import { toast } from './kit/toast'

// copy takes a text to the clipboard, and says whether the browser let it.
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(words.debug.copied)
  } catch {
    toast(words.debug.notCopied, { bad: true })
  }
}
