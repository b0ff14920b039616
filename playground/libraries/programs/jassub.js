import JASSUB from 'jassub'

const canvas = document.body.appendChild(document.createElement('canvas'))
const subtitles = new JASSUB({ canvas, subContent: '[Script Info]\nScriptType: v4.00+\n', queryFonts: false })
await subtitles.ready
show('ready')
