// What a file is, by its name. Servers and file systems differ in whether case matters; here it does not.

/** Whether a file is a script. A page can load one of any name; a bundler tells of these by itself. */
export const isScriptName = (fileName: string): boolean => /\.[cm]?js$/i.test(fileName)

/** Whether a file is a page. */
export const isPageName = (fileName: string): boolean => /\.html?$/i.test(fileName)

/** Whether a file is a text that can name another file or carry a digest of it. */
export const mayNameOthers = (fileName: string): boolean =>
  /\.([cm]?js|css|html?|json|map|svg|txt|webmanifest|xml)$|(^|\/)_(headers|redirects)$/i.test(fileName)
