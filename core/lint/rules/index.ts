import { historyRules } from "../../history/rules.ts";
import type { Rule } from "../rule.ts";
import { addColumnNotNull } from "./add-column-not-null.ts";
import { addColumnRewrite } from "./add-column-rewrite.ts";
import { attachPartitionScan } from "./attach-partition-scan.ts";
import { autovacuumOff } from "./autovacuum-off.ts";
import { avoidChar } from "./avoid-char.ts";
import { avoidMoney } from "./avoid-money.ts";
import { backfillUnderLock } from "./backfill-under-lock.ts";
import { changeColumnType } from "./change-column-type.ts";
import { checkValidation } from "./check-validation.ts";
import { concurrentIndexIfNotExists } from "./concurrent-index-if-not-exists.ts";
import { concurrentlyInTransaction } from "./concurrently-in-transaction.ts";
import { createTableExists } from "./create-table-exists.ts";
import { deleteAllRows } from "./delete-all-rows.ts";
import { detachPartitionBlocks } from "./detach-partition-blocks.ts";
import { doBlockBlocks } from "./do-block-blocks.ts";
import { domainConstraintScan } from "./domain-constraint-scan.ts";
import { downBlocks } from "./down-blocks.ts";
import { downDropsNothing } from "./down-drops-nothing.ts";
import { downIncomplete } from "./down-incomplete.ts";
import { downNotNull } from "./down-not-null.ts";
import { downOrder } from "./down-order.ts";
import { dropCascade } from "./drop-cascade.ts";
import { dropColumn } from "./drop-column.ts";
import { dropConstraint } from "./drop-constraint.ts";
import { dropConstraintIndex } from "./drop-constraint-index.ts";
import { dropDefault } from "./drop-default.ts";
import { dropInUse } from "./drop-in-use.ts";
import { dropNotNull } from "./drop-not-null.ts";
import { dropPrimaryKey } from "./drop-primary-key.ts";
import { dropTable } from "./drop-table.ts";
import { dropView } from "./drop-view.ts";
import { duplicateIndex } from "./duplicate-index.ts";
import { duplicateVersion } from "./duplicate-version.ts";
import { emptyDown } from "./empty-down.ts";
import { enumValueInTransaction } from "./enum-value-in-transaction.ts";
import { enumValueStays } from "./enum-value-stays.ts";
import { exclusionConstraintBuild } from "./exclusion-constraint-build.ts";
import { existsOtherwise } from "./exists-otherwise.ts";
import { fileName } from "./file-name.ts";
import { fileNameStyle } from "./file-name-style.ts";
import { foreignKeyValidation } from "./foreign-key-validation.ts";
import { foreignKeyWithoutIndex } from "./foreign-key-without-index.ts";
import { foreignKeysOff } from "./foreign-keys-off.ts";
import { idempotentDdl } from "./idempotent-ddl.ts";
import { lossyDown } from "./lossy-down.ts";
import { malformedDirective } from "./malformed-directive.ts";
import { missingDown } from "./missing-down.ts";
import { missingLockTimeout } from "./missing-lock-timeout.ts";
import { missingStatementTimeout } from "./missing-statement-timeout.ts";
import { missingUp } from "./missing-up.ts";
import { nameTooLong } from "./name-too-long.ts";
import { nestedTransaction } from "./nested-transaction.ts";
import { newerPostgres } from "./newer-postgres.ts";
import { preferBigintKey } from "./prefer-bigint-key.ts";
import { preferIdentity } from "./prefer-identity.ts";
import { preferJsonb } from "./prefer-jsonb.ts";
import { preferTimestamptz } from "./prefer-timestamptz.ts";
import { primaryKeyBuild } from "./primary-key-build.ts";
import { refreshBlocks } from "./refresh-blocks.ts";
import { renameColumn } from "./rename-column.ts";
import { renameTable } from "./rename-table.ts";
import { requireConcurrentIndex } from "./require-concurrent-index.ts";
import { requireConcurrentIndexDrop } from "./require-concurrent-index-drop.ts";
import { requireConcurrentReindex } from "./require-concurrent-reindex.ts";
import { sectionMarker } from "./section-marker.ts";
import { securityDefinerSearchPath } from "./security-definer-search-path.ts";
import { sequenceGap } from "./sequence-gap.ts";
import { sequenceStaysInteger } from "./sequence-stays-integer.ts";
import { setNotNullScan } from "./set-not-null-scan.ts";
import { syntaxError } from "./syntax-error.ts";
import { tableRewrite } from "./table-rewrite.ts";
import { tableWithoutPrimaryKey } from "./table-without-primary-key.ts";
import { typeOfColumnInUse } from "./type-of-column-in-use.ts";
import { unbatchedBackfill } from "./unbatched-backfill.ts";
import { uncommittedTransaction } from "./uncommitted-transaction.ts";
import { uniqueConstraintBuild } from "./unique-constraint-build.ts";
import { unreadableFile } from "./unreadable-file.ts";
import { unusedIgnore } from "./unused-ignore.ts";
import { upStops } from "./up-stops.ts";
import { validateInSameTransaction } from "./validate-in-same-transaction.ts";

/** Every rule, one line each, in alphabetical order. A rule that is not here does not exist. */
export const rules: readonly Rule[] = [
  addColumnNotNull,
  addColumnRewrite,
  attachPartitionScan,
  autovacuumOff,
  avoidChar,
  avoidMoney,
  backfillUnderLock,
  changeColumnType,
  checkValidation,
  concurrentIndexIfNotExists,
  concurrentlyInTransaction,
  createTableExists,
  deleteAllRows,
  detachPartitionBlocks,
  doBlockBlocks,
  domainConstraintScan,
  downBlocks,
  downDropsNothing,
  downIncomplete,
  downNotNull,
  downOrder,
  dropCascade,
  dropColumn,
  dropConstraint,
  dropConstraintIndex,
  dropDefault,
  dropInUse,
  dropNotNull,
  dropPrimaryKey,
  dropTable,
  dropView,
  duplicateIndex,
  duplicateVersion,
  emptyDown,
  enumValueInTransaction,
  enumValueStays,
  existsOtherwise,
  exclusionConstraintBuild,
  fileName,
  fileNameStyle,
  foreignKeyValidation,
  foreignKeyWithoutIndex,
  foreignKeysOff,
  idempotentDdl,
  lossyDown,
  malformedDirective,
  missingDown,
  missingLockTimeout,
  missingStatementTimeout,
  missingUp,
  nameTooLong,
  nestedTransaction,
  newerPostgres,
  preferBigintKey,
  preferIdentity,
  preferJsonb,
  preferTimestamptz,
  primaryKeyBuild,
  refreshBlocks,
  renameColumn,
  renameTable,
  requireConcurrentIndex,
  requireConcurrentIndexDrop,
  requireConcurrentReindex,
  sectionMarker,
  securityDefinerSearchPath,
  sequenceGap,
  sequenceStaysInteger,
  setNotNullScan,
  syntaxError,
  tableRewrite,
  tableWithoutPrimaryKey,
  typeOfColumnInUse,
  unbatchedBackfill,
  uncommittedTransaction,
  uniqueConstraintBuild,
  unreadableFile,
  unusedIgnore,
  upStops,
  validateInSameTransaction,
  ...historyRules,
];
