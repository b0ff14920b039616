import { expect, test } from 'vitest'
import { readme } from '../readme.ts'

test('README.md has the table as it is tested; if not, run this test with -u', async () => {
  await expect(readme).toMatchFileSnapshot('../../README.md')
})
