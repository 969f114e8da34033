export { describeFault, openLog, takeConsole, type Log, type LogForm } from './log.ts'
