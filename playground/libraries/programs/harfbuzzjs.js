import * as hb from 'harfbuzzjs'

show(typeof new hb.Buffer())
