import { Command, CommanderError } from 'commander'
import { addAuditCommands } from './cli/audit.ts'
import { addBackupCommands } from './cli/backup.ts'
import { addCodeCommands } from './cli/codes.ts'
import { addDatabaseCommands } from './cli/db.ts'
import { addImportCommand } from './cli/import.ts'
import { addKeysCommands } from './cli/keys.ts'
import { addLawCommands } from './cli/law.ts'
import { addLedgerCommands } from './cli/ledger.ts'
import { addOrganisationCommands } from './cli/organisation.ts'
import { addRemovalsCommands } from './cli/removals.ts'
import { addRolesCommand } from './cli/roles.ts'
import { addScoreCommands } from './cli/score.ts'
import { takeSecrets } from './cli/secrets.ts'
import { addServeCommand } from './cli/serve.ts'
import { print, refused } from './cli/output.ts'
import { refusalOfSurroundings } from './cli/surroundings.ts'

const program = new Command('xinheng')
  .description('信衡: 以信用为基础的新型监管 · credit-based regulation')
  .version('0.1.0')
  .option('--json', 'print JSON only')
  .option('--data <dir>', 'data folder: files, keys, embedded database', process.env.XINHENG_DATA ?? 'data')
  .option('--policy <dir>', 'folder of the law; the one that comes with the program unless given', process.env.XINHENG_POLICY || undefined)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()

addServeCommand(program)
addImportCommand(program)
addCodeCommands(program)
addScoreCommands(program)
addLawCommands(program)
addRolesCommand(program)
addOrganisationCommands(program)
addLedgerCommands(program)
addAuditCommands(program)
addBackupCommands(program)
addKeysCommands(program)
addRemovalsCommands(program)
addDatabaseCommands(program)

// Whoever reads our output may stop before its end (`| head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  takeSecrets(process.env)
  await program.parseAsync()
} catch (error) {
  const refusal = refusalOfSurroundings(error)
  if (refusal !== null) {
    print(refused(refusal.parts), false)
    process.exit()
  }
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
