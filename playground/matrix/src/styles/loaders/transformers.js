import { AutoConfig, env } from '@huggingface/transformers'

env.experimental_useCrossOriginStorage = true
env.remoteHost = new URL('.', location.href).href

export const load = async () => (await AutoConfig.from_pretrained('org/model')).model_type
