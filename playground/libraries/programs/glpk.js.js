import GLPK from 'glpk.js'

const glpk = await GLPK()
show(glpk.GLP_OPT)
