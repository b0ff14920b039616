import { BigNum } from '@emurgo/cardano-message-signing-browser'
import { show } from './show.js'

show(BigNum.from_str('40').checked_add(BigNum.from_str('2')).to_str())
