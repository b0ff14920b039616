import { encode_barcode } from 'rxing-wasm'

show(typeof encode_barcode === 'function')
