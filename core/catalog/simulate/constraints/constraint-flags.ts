import type { AttributesOf } from "../../model.ts";

type Attributes = AttributesOf["constraint"];

/** What a constraint may be besides what it says; PostgreSQL prints it behind the definition, in this order. */
export interface ConstraintFlags {
  readonly noInherit?: boolean | undefined;
  readonly deferrable?: Attributes["deferrable"];
  readonly notEnforced?: boolean | undefined;
  readonly notValidated?: boolean | undefined;
}

const printed = /(?: NO INHERIT)?(?: DEFERRABLE)?(?: INITIALLY DEFERRED)?(?: NOT ENFORCED| NOT VALID)?$/;

/** With these flags and no others, in the definition as well. */
export function withFlags(attributes: Attributes, flags: ConstraintFlags): Attributes {
  const { noInherit: _, deferrable: __, notEnforced: ___, notValidated: ____, ...rest } = attributes;
  const { noInherit, deferrable, notEnforced, notValidated } = flags;
  const suffix = [
    noInherit ? " NO INHERIT" : "",
    deferrable ? " DEFERRABLE" : "",
    deferrable === "initially deferred" ? " INITIALLY DEFERRED" : "",
    notEnforced ? " NOT ENFORCED" : notValidated ? " NOT VALID" : "",
  ].join("");
  return {
    ...rest,
    definition: attributes.definition.replace(printed, "") + suffix,
    ...(notValidated && { notValidated }),
    ...(deferrable && { deferrable }),
    ...(notEnforced && { notEnforced }),
    ...(noInherit && { noInherit }),
  };
}

/** A table without rows has none that a constraint was not tried on. */
export function validated(attributes: Attributes): Attributes {
  return attributes.notEnforced ? attributes : withFlags(attributes, { ...attributes, notValidated: false });
}

/** As the grammar tells it: INITIALLY DEFERRED implies DEFERRABLE. */
export function deferrableOf(node: {
  readonly deferrable?: boolean;
  readonly initdeferred?: boolean;
}): Attributes["deferrable"] {
  if (node.initdeferred) return "initially deferred";
  return node.deferrable ? "initially immediate" : undefined;
}
