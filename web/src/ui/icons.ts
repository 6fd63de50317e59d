// The drawings of the page's icons, copied from Lucide (ISC) when the page is built.
import activity from 'lucide-static/icons/activity.svg?raw'
import antenna from 'lucide-static/icons/antenna.svg?raw'
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw'
import book from 'lucide-static/icons/book-open.svg?raw'
import bug from 'lucide-static/icons/bug.svg?raw'
import building from 'lucide-static/icons/building-2.svg?raw'
import calendar from 'lucide-static/icons/calendar.svg?raw'
import simCard from 'lucide-static/icons/card-sim.svg?raw'
import check from 'lucide-static/icons/check.svg?raw'
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw'
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw'
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw'
import chevronUp from 'lucide-static/icons/chevron-up.svg?raw'
import party from 'lucide-static/icons/circle-check-big.svg?raw'
import user from 'lucide-static/icons/circle-user-round.svg?raw'
import contrast from 'lucide-static/icons/contrast.svg?raw'
import copy from 'lucide-static/icons/copy.svg?raw'
import cpu from 'lucide-static/icons/cpu.svg?raw'
import database from 'lucide-static/icons/database.svg?raw'
import download from 'lucide-static/icons/download.svg?raw'
import ellipsis from 'lucide-static/icons/ellipsis.svg?raw'
import external from 'lucide-static/icons/external-link.svg?raw'
import eye from 'lucide-static/icons/eye.svg?raw'
import file from 'lucide-static/icons/file-text.svg?raw'
import fingerprint from 'lucide-static/icons/fingerprint.svg?raw'
import folder from 'lucide-static/icons/folder.svg?raw'
import history from 'lucide-static/icons/history.svg?raw'
import idCard from 'lucide-static/icons/id-card.svg?raw'
import key from 'lucide-static/icons/key-round.svg?raw'
import keyboard from 'lucide-static/icons/keyboard.svg?raw'
import layers from 'lucide-static/icons/layers.svg?raw'
import link from 'lucide-static/icons/link.svg?raw'
import locate from 'lucide-static/icons/locate-fixed.svg?raw'
import lock from 'lucide-static/icons/lock.svg?raw'
import logIn from 'lucide-static/icons/log-in.svg?raw'
import logOut from 'lucide-static/icons/log-out.svg?raw'
import map from 'lucide-static/icons/map.svg?raw'
import maximize from 'lucide-static/icons/maximize.svg?raw'
import message from 'lucide-static/icons/message-square-text.svg?raw'
import minus from 'lucide-static/icons/minus.svg?raw'
import monitorDevice from 'lucide-static/icons/monitor.svg?raw'
import moon from 'lucide-static/icons/moon.svg?raw'
import pause from 'lucide-static/icons/pause.svg?raw'
import pencil from 'lucide-static/icons/pencil.svg?raw'
import play from 'lucide-static/icons/play.svg?raw'
import plus from 'lucide-static/icons/plus.svg?raw'
import printer from 'lucide-static/icons/printer.svg?raw'
import radio from 'lucide-static/icons/radio-tower.svg?raw'
import refresh from 'lucide-static/icons/refresh-cw.svg?raw'
import route from 'lucide-static/icons/route.svg?raw'
import ruler from 'lucide-static/icons/ruler.svg?raw'
import scroll from 'lucide-static/icons/scroll-text.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import send from 'lucide-static/icons/send.svg?raw'
import server from 'lucide-static/icons/server.svg?raw'
import settings from 'lucide-static/icons/settings.svg?raw'
import share from 'lucide-static/icons/share-2.svg?raw'
import shield from 'lucide-static/icons/shield-check.svg?raw'
import sliders from 'lucide-static/icons/sliders-horizontal.svg?raw'
import phone from 'lucide-static/icons/smartphone.svg?raw'
import terminal from 'lucide-static/icons/square-terminal.svg?raw'
import sun from 'lucide-static/icons/sun.svg?raw'
import monitor from 'lucide-static/icons/sun-moon.svg?raw'
import trash from 'lucide-static/icons/trash-2.svg?raw'
import warning from 'lucide-static/icons/triangle-alert.svg?raw'
import truck from 'lucide-static/icons/truck.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import unplug from 'lucide-static/icons/unplug.svg?raw'
import upload from 'lucide-static/icons/upload.svg?raw'
import userPlus from 'lucide-static/icons/user-plus.svg?raw'
import users from 'lucide-static/icons/users.svg?raw'
import wifiOff from 'lucide-static/icons/wifi-off.svg?raw'
import x from 'lucide-static/icons/x.svg?raw'

export const icons = {
  activity,
  antenna,
  book,
  bug,
  building,
  calendar,
  check,
  chevronDown,
  chevronLeft,
  chevronRight,
  chevronUp,
  contrast,
  copy,
  cpu,
  database,
  download,
  ellipsis,
  external,
  eye,
  file,
  fingerprint,
  folder,
  history,
  idCard,
  key,
  keyboard,
  layers,
  link,
  locate,
  lock,
  logIn,
  logOut,
  map,
  maximize,
  minus,
  monitor,
  monitorDevice,
  moon,
  pause,
  pencil,
  phone,
  play,
  plus,
  printer,
  radio,
  refresh,
  route,
  ruler,
  scroll,
  search,
  send,
  server,
  settings,
  shield,
  simCard,
  sun,
  terminal,
  trash,
  truck,
  undo,
  unplug,
  upload,
  user,
  userPlus,
  users,
  warning,
  wifiOff,
  x,
  sliders,
  message,
  share,
  arrowRight,
  party,
}
