// @clause X.4
import assert from 'node:assert/strict'
import { createCipheriv, type CipherGCM } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { systemRandomness } from '../randomness.ts'
import { gcmOpen, gcmSeal } from './gcm.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')

test('SM4-GCM gives what RFC 8998, appendix A.1, says', () => {
  const [key, nonce] = [hex('0123456789ABCDEFFEDCBA9876543210'), hex('00001234567800000000ABCD')]
  const bound = hex('FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2')
  const clear = hex('AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBB CCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFF EEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA')
  const sealed = hex('17F399F08C67D5EE19D0DC9969C4BB7D 5FD46FD3756489069157B282BB200735 D82710CA5C22F0CCFA7CBF93D496AC15 A56834CBCF98C397B4024A2691233B8D')
  const tag = hex('83DE3541E4C2B58177E065A9BF7B62EC')
  assert.deepEqual(gcmSeal('sm4', key, nonce, bound, clear), Buffer.concat([sealed, tag]))
  assert.deepEqual(gcmOpen('sm4', key, nonce, bound, Buffer.concat([sealed, tag])), clear)
})

const bytes = (max: number) => fc.uint8Array({ maxLength: max })
const sized = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

test('the mode is the one of OpenSSL: with AES-128 both give the same, whatever is sealed and bound', () => {
  const openssl = (key: Uint8Array, nonce: Uint8Array, bound: Uint8Array, clear: Uint8Array): Buffer => {
    const cipher = createCipheriv('aes-128-gcm', key, nonce) as CipherGCM
    cipher.setAAD(bound)
    return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()])
  }
  fc.assert(fc.property(sized(16), sized(12), bytes(100), bytes(1000), (key, nonce, bound, clear) => {
    assert.deepEqual(gcmSeal('aes-128', key, nonce, bound, clear), openssl(key, nonce, bound, clear))
  }), { numRuns: 300 })
  const [key, nonce, frame] = [systemRandomness.bytes(16), systemRandomness.bytes(12), systemRandomness.bytes(262_144)]
  assert.deepEqual(gcmSeal('aes-128', key, nonce, Buffer.from('a frame'), frame), openssl(key, nonce, Buffer.from('a frame'), frame))
})

test('what was sealed by SM4 opens again, and nothing that was altered does', () => {
  fc.assert(fc.property(sized(16), sized(12), bytes(60), bytes(300), fc.nat(), (key, nonce, bound, clear, place) => {
    const sealed = gcmSeal('sm4', key, nonce, bound, clear)
    assert.deepEqual(gcmOpen('sm4', key, nonce, bound, sealed), Buffer.from(clear))
    const altered = Buffer.from(sealed)
    altered[place % sealed.length]! ^= 1 << (place % 8)
    assert.throws(() => gcmOpen('sm4', key, nonce, bound, altered))
    assert.throws(() => gcmOpen('sm4', key, nonce, Buffer.concat([bound, Buffer.of(0)]), sealed))
    assert.throws(() => gcmOpen('sm4', key, nonce, bound, sealed.subarray(0, place % sealed.length)))
  }))
})
