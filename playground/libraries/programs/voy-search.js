import { Voy } from 'voy-search'

show(new Voy({ embeddings: [] }).size())
