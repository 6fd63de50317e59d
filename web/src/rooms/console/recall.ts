// What was typed before, for the arrow keys.
const most = 100

// Recall steps through earlier lines; what was being typed is kept and comes back behind the newest.
export class Recall {
  private at: number
  private draft = ''

  constructor(private lines: string[] = []) {
    this.at = lines.length
  }

  // push adds a line that was sent; one sent twice in a row is kept once.
  push(line: string): void {
    if (this.lines.at(-1) !== line) this.lines = [...this.lines.slice(1 - most), line]
    this.at = this.lines.length
    this.draft = ''
  }

  // older and newer give the line to show instead of the present one, null if there is none.
  older(present: string): string | null {
    if (this.at === 0) return null
    if (this.at === this.lines.length) this.draft = present
    this.at--
    return this.lines[this.at]!
  }

  newer(): string | null {
    if (this.at >= this.lines.length) return null
    this.at++
    return this.lines[this.at] ?? this.draft
  }
}

// recall lasts as long as the page: commands may hold passwords, so nothing of it is stored.
export const recall = new Recall()
