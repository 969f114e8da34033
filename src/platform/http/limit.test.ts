import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { networkOf, openLimit } from './limit.ts'

test('so many at once, then as many as time gives back, and each key for itself', () => {
  let now = 0
  const limit = openLimit(() => now)
  const rate = { most: 3, seconds: 30 }
  assert.deepEqual([1, 2, 3, 4].map(() => limit.take('a', rate)), [0, 0, 0, 10])
  assert.equal(limit.take('b', rate), 0)
  now = 9_999
  assert.equal(limit.take('a', rate), 1)
  now = 10_000
  assert.equal(limit.take('a', rate), 0)
  assert.equal(limit.take('a', rate), 10)
})

test('whatever the order of waits: never more than the burst and what time gave back, and whoever waits as told may', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(5000), { maxLength: 200 }), (most, seconds, waits) => {
    let now = 0
    let given = 0
    const limit = openLimit(() => now)
    for (const wait of waits) {
      now += wait
      const told = limit.take('a', { most, seconds })
      if (told === 0) given += 1
    }
    assert.ok(given <= most + (now * most) / (seconds * 1000) + 1e-6)
    const told = limit.take('a', { most, seconds })
    if (told === 0) return
    now += told * 1000 + 1
    assert.equal(limit.take('a', { most, seconds }), 0)
  }))
})

test('a flood of addresses does not fill the memory', () => {
  let now = 0
  const limit = openLimit(() => (now += 1))
  for (let key = 0; key < 60_000; key += 1) limit.take(String(key), { most: 5, seconds: 3600 })
  assert.equal(limit.take('59999', { most: 5, seconds: 3600 }), 0)
})

test('addresses of one line count together: of IPv6 the first 64 bits, of IPv4 the whole, however it is written', () => {
  for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:DB8:0001:2:0:0:0:9', '2001:db8:1:2::9%eth0']) assert.equal(networkOf(address), '2001:db8:1:2', address)
  assert.notEqual(networkOf('2001:db8:1:3::1'), networkOf('2001:db8:1:2::1'))
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0')
  for (const address of ['203.0.113.9', '::ffff:203.0.113.9']) assert.equal(networkOf(address), '203.0.113.9')
  assert.notEqual(networkOf('203.0.113.9'), networkOf('203.0.113.10'))
  assert.equal(networkOf('::1'), '0:0:0:0')
})
