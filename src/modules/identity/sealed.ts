// @clause X.4
import type { SealedPlace } from '../../platform/sealing/index.ts'
import { listPhones, placeOfPhone, replacePhone } from './queries/accounts.ts'
import { listKeptTotps, replaceSecret } from './queries/factors.ts'
import { listNumbers, placeOfNumber, replaceNumber } from './queries/outside.ts'
import { resealedSecret } from './second-factor.ts'

/** Secrets of second factors (动态口令), as they are sealed. */
export const sealedSecrets: SealedPlace = {
  name: 'identity.totp.secret',
  async list(db, after, limit) {
    return (await listKeptTotps(db, after, limit)).map((totp) => ({
      id: totp.totpId, values: [Buffer.from(totp.secret).toString('latin1')],
      async reseal(tx, sealing) {
        const sealed = resealedSecret(sealing, totp)
        if (sealed !== null) await replaceSecret(tx, totp, sealed)
        return sealed !== null
      },
    }))
  },
}

/** Phone numbers of persons (电话), as they are sealed. */
export const sealedPhones: SealedPlace = {
  name: 'identity.account.phone',
  async list(db, after, limit) {
    return (await listPhones(db, after, limit)).map(({ accountId, phone }) => ({
      id: accountId, values: [phone],
      async reseal(tx, sealing) {
        const sealed = sealing.reseal(phone, placeOfPhone(accountId))
        if (sealed !== null) await replacePhone(tx, accountId, sealed)
        return sealed !== null
      },
    }))
  },
}

/** Numbers by which identity services vouch for someone who is just signing in (统一身份认证中的号码): few, all at a time. */
export const sealedOutsideNumbers: SealedPlace = {
  name: 'identity.outside_attempt.number',
  async list(db, after) {
    const all = after > 0 ? [] : await listNumbers(db)
    return all.length === 0 ? [] : [{
      id: 1, values: all.map(({ number }) => number),
      async reseal(tx, sealing) {
        for (const { tokenDigest, number } of all) {
          const sealed = sealing.reseal(number, placeOfNumber(tokenDigest))
          if (sealed !== null) await replaceNumber(tx, tokenDigest, sealed)
        }
        return true
      },
    }]
  },
}
