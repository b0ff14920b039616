import init, { WriterPropertiesBuilder } from 'parquet-wasm/esm'

await init()
show(typeof new WriterPropertiesBuilder().build())
