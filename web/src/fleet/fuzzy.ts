// How well what someone typed fits a text: letters in their order, better at the starts of words and in a row.

const startOfWord = 8
const inARow = 5
const whole = 30

// fuzzy gives a score above 0, or 0 if the letters are not all there in their order. Both must be plain text.
export function fuzzy(typed: string, text: string): number {
  if (typed === '') return 1
  const at = text.indexOf(typed)
  if (at >= 0)
    return whole + typed.length * inARow + (isStart(text, at) ? startOfWord : 0) - text.length / 1000
  const letters = typed.replaceAll(' ', '')
  const score = scatter(letters, text, true) || scatter(letters, text, false)
  return score && Math.max(0.001, score - text.length / 1000)
}

function scatter(letters: string, text: string, starts: boolean): number {
  let score = 0
  let last = -2
  for (const letter of letters) {
    const first = text.indexOf(letter, last < 0 ? 0 : last + 1)
    const found = starts ? startPlace(text, letter, first, last) : first
    if (found < 0) return 0
    score += 1 + (found === last + 1 ? inARow : 0) + (isStart(text, found) ? startOfWord : 0)
    last = found
  }
  return score
}

// startPlace prefers the place that follows the last one, then one that starts a word, then any.
function startPlace(text: string, letter: string, first: number, last: number): number {
  if (first < 0 || first === last + 1) return first
  for (let at = first; at >= 0; at = text.indexOf(letter, at + 1)) if (isStart(text, at)) return at
  return first
}

const isStart = (text: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)
