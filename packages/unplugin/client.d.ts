/// <reference types="@wasm-cos/core/client" />
