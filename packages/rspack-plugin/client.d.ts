/// <reference types="@wasm-cos/webpack-plugin/client" />
