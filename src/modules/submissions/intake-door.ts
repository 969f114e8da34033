export * from '../records/intake/index.ts'
