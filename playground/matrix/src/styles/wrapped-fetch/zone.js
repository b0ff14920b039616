import 'zone.js'
import 'zone.js/plugins/zone-patch-fetch'

/** A zone that watches requests: what goes on after one has to go on in the zone. */
export function start(see) {
  const zone = Zone.current.fork({
    name: 'watching',
    onScheduleTask(delegate, current, target, task) {
      if (task.source === 'fetch') see(task.data.fetchArgs[0]?.url ?? task.data.fetchArgs[0])
      return delegate.scheduleTask(target, task)
    },
  })
  return (load) => zone.run(load)
}
