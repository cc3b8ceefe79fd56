import type { Handlers } from "../handlers.ts";
import { alterTableHandlers } from "./alter-table.ts";
import { castHandlers } from "./cast.ts";
import { commentHandlers } from "./comment.ts";
import { createIndexHandlers } from "./create-index.ts";
import { createTableHandlers } from "./create-table.ts";
import { createTableAsHandlers } from "./create-table-as.ts";
import { databaseHandlers } from "./database.ts";
import { defaultPrivilegesHandlers } from "./default-privileges.ts";
import { doHandlers } from "./do-block.ts";
import { domainHandlers } from "./domain.ts";
import { dropHandlers } from "./drop.ts";
import { extensionHandlers } from "./extension.ts";
import { foreignHandlers } from "./foreign.ts";
import { grantHandlers } from "./grant.ts";
import { policyHandlers } from "./policy.ts";
import { publicationHandlers } from "./publication.ts";
import { rangeTypeHandlers } from "./range-type.ts";
import { renameHandlers } from "./rename.ts";
import { roleHandlers } from "./role.ts";
import { routineHandlers } from "./routine.ts";
import { ruleHandlers } from "./rule.ts";
import { sessionHandlers } from "./session.ts";
import { triggerHandlers } from "./trigger.ts";
import { typeHandlers } from "./type.ts";
import { viewHandlers } from "./view.ts";
import { writeHandlers } from "./write.ts";

/** What every statement does to the world. */
export const statementHandlers: Handlers = {
  ...alterTableHandlers,
  ...castHandlers,
  ...commentHandlers,
  ...createIndexHandlers,
  ...createTableAsHandlers,
  ...createTableHandlers,
  ...databaseHandlers,
  ...defaultPrivilegesHandlers,
  ...doHandlers,
  ...domainHandlers,
  ...dropHandlers,
  ...extensionHandlers,
  ...foreignHandlers,
  ...grantHandlers,
  ...policyHandlers,
  ...publicationHandlers,
  ...rangeTypeHandlers,
  ...renameHandlers,
  ...roleHandlers,
  ...routineHandlers,
  ...ruleHandlers,
  ...sessionHandlers,
  ...triggerHandlers,
  ...typeHandlers,
  ...viewHandlers,
  ...writeHandlers,
};
