// Written beside the page when it is served: see src/site.ts.
export declare const texts: { stub: string; stubWithIntegrity: string }
export declare const files: unknown[][]
