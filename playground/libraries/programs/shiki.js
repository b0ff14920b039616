import { createHighlighter } from 'shiki'

const highlighter = await createHighlighter({ themes: ['nord'], langs: ['javascript'] })
show(highlighter.codeToTokensBase('42', { lang: 'javascript', theme: 'nord' })[0][0].content)
