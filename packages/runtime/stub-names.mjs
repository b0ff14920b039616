/**
 * Passes over a minified program in which every variable has a name of its own, as {@link namesOfTheirOwn} gives them: then the
 * text alone says which variable is meant. No string has what looks like such a name.
 */
import { gzipSync } from 'node:zlib'
import { parseSync } from 'oxc-parser'
import { ScopeTracker, walk } from 'oxc-walker'

/** For terser's `mangle.nth_identifier`: no name is given twice. */
export function namesOfTheirOwn() {
  let last = 0
  return { get: () => `$${last++}$` }
}
const ownNames = /\$\d+\$/g
const namesIn = (text) => Array.from(text.matchAll(ownNames), ([name]) => name)
const isOwn = (node) => node?.type === 'Identifier' && node.name.startsWith('$')

/** Bytes after gzip. */
export const sizeOf = (text) => gzipSync(text, { level: 9 }).length

/**
 * Calls what a function is given, where it is called where it stands, by the name that it has outside:
 * `((a, b) => f(a, b))(c, d())` is `(b => f(c, b))(d())`. Both variables are assigned to nowhere but where they are declared,
 * and none is a loop's.
 */
export function unifyArguments(program) {
  const assigned = new Set()
  const pairs = []
  visit(program, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.argument
    if (/^(Assignment|Update)Expression$/.test(node.type) && target.type !== 'MemberExpression')
      for (const name of namesIn(textOf(target, program))) assigned.add(name)
    if (node.type !== 'CallExpression' || node.callee.type !== 'ArrowFunctionExpression') return
    const { params } = node.callee
    params.forEach((parameter, index) => {
      const argument = node.arguments[index]
      const isLast = index + 1 === params.length || index + 1 === node.arguments.length
      if (isOwn(parameter) && isOwn(argument)) pairs.push({ parameter, argument, isLast })
    })
  })
  const unified = pairs.filter(
    (pair) => !assigned.has(pair.parameter.name) && !assigned.has(pair.argument.name),
  )
  const outer = new Map(unified.map(({ parameter, argument }) => [parameter.name, argument.name]))
  const outermost = (name) => (outer.has(name) ? outermost(outer.get(name)) : name)
  // Those that come last stay, and are removed as unused by the next minification: there need be no comma to remove.
  const [last, others] = [true, false].map((isLast) => unified.filter((pair) => pair.isLast === isLast))
  const kept = new Set(last.map((pair) => pair.parameter.start))
  const removed = new Set(others.flatMap((pair) => [pair.parameter.start, pair.argument.start]))
  return program.replace(/(\$\d+\$)(,?)/g, (text, name, comma, position) => {
    if (removed.has(position)) return ''
    return kept.has(position) ? text : outermost(name) + comma
  })
}

/** Gives variables names of one letter, and declarations an order, with which gzip finds most repetitions. */
export function makeRepeat(program) {
  const neighbours = neighboursIn(program)
  let names = firstNames(neighbours)
  for (let size = Infinity, next; (next = sizeOf(withNames(program, names))) < size;) {
    size = next
    names = betterNames(program, names, neighbours)
    program = betterOrder(program, names)
  }
  return withNames(program, names)
}

const withNames = (program, names) => program.replace(ownNames, (name) => names.get(name))

/** More of them are tried in vain. */
const letters = [...'etranisolcudhvwfpgyb']
const rareLetters = [...'mkRSTCFqMPEWHzOxADNLUIBjVGQX']

/** To begin with, inner variables get the first letters, so that short functions look alike. */
function firstNames(neighbours) {
  const names = new Map()
  for (const variable of [...neighbours.keys()].toReversed()) {
    const taken = new Set(neighbours.get(variable).map((other) => names.get(other)))
    names.set(
      variable,
      [...letters, ...rareLetters].find((letter) => !taken.has(letter)),
    )
  }
  return names
}

/** From one variable to the next, tries every letter, and keeps it if the text is not larger, until nothing is gained. */
function betterNames(program, names, neighbours) {
  const size = sizeOf(withNames(program, names))
  let best = size
  for (const variable of neighbours.keys())
    for (const letter of letters) {
      const changed = renamed(names, neighbours, variable, letter)
      const changedSize = sizeOf(withNames(program, changed))
      if (changedSize > best) continue
      names = changed
      best = changedSize
    }
  return best < size ? betterNames(program, names, neighbours) : names
}

/** The names with one changed; a neighbour that has had this one gets the old one, and so on. */
function renamed(names, neighbours, variable, name) {
  const changed = new Map(names).set(variable, name)
  const queue = new Set([variable])
  for (const next of queue)
    for (const other of neighbours.get(next))
      if (!queue.has(other) && changed.get(other) === changed.get(next)) {
        changed.set(other, names.get(next))
        queue.add(other)
      }
  return changed
}

/** By variable, those that need another name than it has: where one of the two is declared, the other is in use. */
function neighboursIn(program) {
  const { program: tree } = parseSync('stub.js', program, { preserveParens: false })
  const scopeTracker = new ScopeTracker({ preserveExitedScopes: true })
  walk(tree, { scopeTracker })
  // Functions are used before they are declared.
  scopeTracker.freeze()
  const uses = new Map()
  const scopesOf = new Map()
  const useHere = (name) => {
    if (!scopesOf.has(name)) scopesOf.set(name, new Set())
    const { scope } = scopeTracker.getDeclaration(name)
    for (const between of scopesBetween(scope, scopeTracker.getCurrentScope()))
      scopesOf.get(name).add(between)
  }
  walk(tree, {
    scopeTracker,
    enter(node, parent) {
      // A variable of the body that has no value yet has the one of a parameter of its name.
      if (parent?.body === node && 'params' in parent)
        for (const parameter of parent.params) namesIn(textOf(parameter, program)).forEach(useHere)
      if (!isOwn(node)) return
      useHere(node.name)
      uses.set(node.name, (uses.get(node.name) ?? 0) + 1)
    },
  })
  const names = [...uses.keys()].toSorted((name, other) => uses.get(other) - uses.get(name))
  const meet = (name, other) => [...scopesOf.get(name)].some((scope) => scopesOf.get(other).has(scope))
  return new Map(names.map((name) => [name, names.filter((other) => other !== name && meet(name, other))]))
}

/** The scopes from one to another in it, as the tracker calls them: `0-2` is in `0`. */
function scopesBetween(outer, inner) {
  const scopes = [outer]
  for (const part of inner.slice(outer.length).split('-').filter(Boolean))
    scopes.push(scopes.at(-1) === '' ? part : `${scopes.at(-1)}-${part}`)
  return scopes
}

/** Tries every place for every declaration that may stand anywhere among its neighbours. */
function betterOrder(program, names) {
  for (let index = 0; index < movableIn(program).length; index++) {
    const list = movableIn(program)[index]
    const [head, tail] = [program.slice(0, list[0].start), program.slice(list.at(-1).end)]
    const textWith = (parts) => head + parts.join() + tail
    const parts = list.map((declaration) => textOf(declaration, program))
    let best = parts
    for (const part of parts)
      for (const place of best.keys()) {
        const moved = best.filter((other) => other !== part)
        moved.splice(place, 0, part)
        if (sizeOf(withNames(textWith(moved), names)) < sizeOf(withNames(textWith(best), names))) best = moved
      }
    program = textWith(best)
  }
  return program
}

/** Runs of declarations in which nothing is evaluated. */
function movableIn(program) {
  const lists = []
  visit(program, (node) => {
    if (node.type !== 'VariableDeclaration') return
    let list = []
    for (const declaration of node.declarations) {
      if (!isInert(declaration)) list = []
      else if (list.push(declaration) === 2) lists.push(list)
    }
  })
  return lists
}

const isInert = ({ id, init }) =>
  isOwn(id) &&
  (!init ||
    /^(Literal|ArrowFunctionExpression)$/.test(init.type) ||
    (init.elements ?? init.properties)?.every((part) => part.type === 'Literal'))

function visit(program, enter) {
  walk(parseSync('stub.js', program, { preserveParens: false }).program, { enter })
}

const textOf = ({ start, end }, program) => program.slice(start, end)
