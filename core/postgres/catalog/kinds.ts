import type { KindReader } from "./kind.ts";
import { accessMethod } from "./kinds/access-method.ts";
import { cast } from "./kinds/cast.ts";
import { collation } from "./kinds/collation.ts";
import { column } from "./kinds/column.ts";
import { constraint } from "./kinds/constraint.ts";
import { conversion } from "./kinds/conversion.ts";
import { defaultPrivileges } from "./kinds/default-privileges.ts";
import { domain } from "./kinds/domain.ts";
import { eventTrigger } from "./kinds/event-trigger.ts";
import { extension } from "./kinds/extension.ts";
import { foreignDataWrapper } from "./kinds/foreign-data-wrapper.ts";
import { givenPrivileges, rareGivenPrivileges } from "./kinds/given-privileges.ts";
import { index } from "./kinds/index.ts";
import { language } from "./kinds/language.ts";
import { largeObject } from "./kinds/large-object.ts";
import { operator } from "./kinds/operator.ts";
import { operatorClass } from "./kinds/operator-class.ts";
import { operatorFamily } from "./kinds/operator-family.ts";
import { policy } from "./kinds/policy.ts";
import { publication } from "./kinds/publication.ts";
import { role } from "./kinds/role.ts";
import { routine } from "./kinds/routine.ts";
import { rule } from "./kinds/rule.ts";
import { schema } from "./kinds/schema.ts";
import { securityLabel } from "./kinds/security-label.ts";
import { sequence } from "./kinds/sequence.ts";
import { server } from "./kinds/server.ts";
import { setting } from "./kinds/setting.ts";
import { statistics } from "./kinds/statistics.ts";
import { subscription } from "./kinds/subscription.ts";
import { table } from "./kinds/table.ts";
import { tablespace } from "./kinds/tablespace.ts";
import { textSearchConfiguration } from "./kinds/text-search-configuration.ts";
import { textSearchDictionary } from "./kinds/text-search-dictionary.ts";
import { textSearchParser } from "./kinds/text-search-parser.ts";
import { textSearchTemplate } from "./kinds/text-search-template.ts";
import { transform } from "./kinds/transform.ts";
import { trigger } from "./kinds/trigger.ts";
import { type } from "./kinds/type.ts";
import { userMapping } from "./kinds/user-mapping.ts";
import { view } from "./kinds/view.ts";

/** What nearly every migration touches: read object by object. */
export const commonKinds: readonly KindReader[] = [
  schema,
  table,
  column,
  constraint,
  index,
  view,
  sequence,
  routine,
  trigger,
  rule,
  policy,
  type,
  domain,
  ...givenPrivileges,
];

/** What few databases have, and those only a few of: read whole. */
export const rareKinds: readonly KindReader[] = [
  extension,
  eventTrigger,
  operator,
  operatorClass,
  operatorFamily,
  cast,
  collation,
  conversion,
  statistics,
  publication,
  subscription,
  foreignDataWrapper,
  server,
  userMapping,
  textSearchConfiguration,
  textSearchDictionary,
  textSearchParser,
  textSearchTemplate,
  language,
  transform,
  accessMethod,
  defaultPrivileges,
  role,
  tablespace,
  setting,
  largeObject,
  securityLabel,
  ...rareGivenPrivileges,
];
