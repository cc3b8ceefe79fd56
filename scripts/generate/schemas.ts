// The JSON Schemas of the configuration and of the report.
import { configSchema } from "#core/config/config-schema.ts";
import { configurableRules } from "#core/every-rule.ts";
import { reportSchema } from "#core/report/json-schema.ts";

const text = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
process.stdout.write(
  JSON.stringify({
    "schema/switchback.schema.json": text(configSchema(configurableRules)),
    "schema/report.schema.json": text(reportSchema),
  }),
);
