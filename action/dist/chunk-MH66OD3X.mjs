import{createRequire as _createRequire}from"node:module";import{fileURLToPath as _toPath}from"node:url";import{dirname as _dirname}from"node:path";const require=_createRequire(import.meta.url),__filename=_toPath(import.meta.url),__dirname=_dirname(__filename);
var i=new Set(`all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast
  char character check coalesce collate collation column concurrently constraint create cross current_catalog
  current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable
  desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group
  grouping having ilike in initially inner inout int integer intersect interval into is isnull join json json_array
  json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
  lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none normalize
  not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision
  primary real references returning right row select session_user setof similar smallint some substring symmetric
  system_user table tablesample then time timestamp to trailing treat trim true union unique user using values varchar
  variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces
  xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/)),n=new Map,s=2e4;function l(e){let t=n.get(e);if(t!==void 0)return t;let r=a(e);return n.size>=s&&n.clear(),n.set(e,r),r}function a(e){return/^[a-z_][a-z0-9_]*$/.test(e)&&!i.has(e)?e:`"${e.replaceAll('"','""')}"`}function c(...e){return e.map(l).join(".")}function o(e){if(!e.includes('"'))return e.split(".").filter(r=>r!=="");let t=[];for(let r of e.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g))t.push(r[1]===void 0?r[2]??"":r[1].replaceAll('""','"'));return t}function u(e){return e.includes('"')?o(e).at(-1)??e:e.slice(e.lastIndexOf(".")+1)}function f(e){let t=e.replaceAll("'","''");return t.includes("\\")?`E'${t.replaceAll("\\","\\\\")}'`:`'${t}'`}export{l as a,c as b,o as c,u as d,f as e};
