import { render } from 'preact'
import './css/base.css'
import './css/forms.css'
import './css/top.css'
import './css/list.css'
import './css/map.css'
import './css/detail.css'
import './css/phone.css'
import './theme'
import { keepRoute } from './route'
import { App } from './ui/App'

keepRoute()
render(<App />, document.querySelector('#app')!)
