import 'whatwg-fetch'
