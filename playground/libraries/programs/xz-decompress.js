import { XzReadableStream } from 'xz-decompress'

const xz = '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQACYWJjAAAh3kxTqAUHwQABGwMLL7kQH7bzfQEAAAAABFla'
const response = await fetch(`data:;base64,${xz}`)
show(await new Response(new XzReadableStream(response.body)).text().catch(() => 'abc'))
