// Which way a command would go now, and why not another: told below the line before anything is sent.
import type { Line, Offer, Wish } from '../../api/console'
import { words } from '../../words'

const text = words.console

// lineOf is the line that the server takes for a wish: data if the tracker is connected, else SMS, else its next login.
export function lineOf(offer: Offer, wish: Wish): Line {
  if (wish !== 'auto') return wish
  if (offer.online) return 'data'
  if (!offer.phone || !offer.sms_ready) return 'login'
  return offer.sms.length > 0 ? 'sms' : 'wake'
}

// goesBy says it in words, with the server's reason where SMS is not to be had.
export function goesBy(offer: Offer | null, wish: Wish, group: boolean): string {
  if (group) return text.tab
  if (!offer) return ''
  const line = lineOf(offer, wish)
  const not = offer.phone ? (offer.sms_ready ? '' : offer.reason) : text.noPhone
  const said = wish === 'data' && !offer.online ? text.dataNot : text.goes[line]
  return not && line !== 'data' ? `${said} · ${text.smsNot(not)}` : said
}
