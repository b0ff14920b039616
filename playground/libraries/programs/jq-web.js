import jq from 'jq-web'

const instance = await jq
show(instance.json({ answer: 42 }, '.answer'))
