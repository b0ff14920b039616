import { BigNum } from '@emurgo/cardano-serialization-lib-browser'

show(BigNum.from_str('42').to_str())
