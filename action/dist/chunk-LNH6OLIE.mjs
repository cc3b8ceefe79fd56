import{createRequire as _createRequire}from"node:module";import{fileURLToPath as _toPath}from"node:url";import{dirname as _dirname}from"node:path";const require=_createRequire(import.meta.url),__filename=_toPath(import.meta.url),__dirname=_dirname(__filename);
import{a as et}from"./chunk-BFHDQU7P.mjs";import{A as Xe,B as re,C as Qe,E as Je,a as fe,b as We,v as Ye,y as He,z as Ve}from"./chunk-XECDQ6KB.mjs";import{c as Ge}from"./chunk-4RSY2EKL.mjs";import{a as Be}from"./chunk-ZETAOVEL.mjs";import{a as Ze}from"./chunk-6IAIPUHI.mjs";import{e as ze}from"./chunk-MH66OD3X.mjs";import{a as v,b as N}from"./chunk-OCJ6UJOR.mjs";var ie=/\r\n|\n|\r/g;function Oe(t,e){let n=1,o=0;ie.lastIndex=0;for(let r=ie.exec(t);r&&ie.lastIndex<=e;r=ie.exec(t))n+=1,o=ie.lastIndex;return{line:n,column:e-o+1}}function M(t){let e=t.file.text.slice(t.start,t.end),n=Ge(e);return n.problem?Mn(e,t.start):n.statements.map(o=>({start:t.start+o.start,end:t.start+o.end,transaction:o.kind==="TransactionStmt"}))}var Pn=/^(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release)\b/i;function Mn(t,e){let n=[],o,r=0,i=()=>{if(o===void 0)return;let a=Pn.test(t.slice(o,r));n.push({start:e+o,end:e+r,transaction:a}),o=void 0};for(let a of Be(t))if(!(a.kind==="line-comment"||a.kind==="block-comment")){if(a.kind==="symbol"&&t[a.start]===";"){i();continue}o??=a.start,r=a.end}return i(),n}async function tt(t,e,n,o){let r=performance.now(),i=()=>performance.now()-r,a=Un(e);if(a)return{kind:"failed",error:a,ms:i(),offset:e.start};let s=Fn(e);for(let[m,{sql:_,offset:$,isCommit:L}]of s.entries()){let K=L&&await Qe(t,e);if(K)return await t.execute("ROLLBACK"),{kind:"failed",...K,ms:i()};let C=m===s.length-1,P={...n,timeoutMs:n.timeoutMs-i()},G=await se(t,_,P,C?o:void 0);if(G.kind!=="done")return{...G,ms:i(),offset:$}}return{kind:"done",ms:i(),offset:e.start}}function Un({file:t,start:e,end:n}){let{wrong:o}=t;if(!(!o||o.offset<e||o.offset>=n)&&!/\bclient_encoding\b|\bset\s+names\b/i.test(t.text.slice(e,o.offset)))return new v({message:`invalid byte sequence for encoding "UTF8": ${o.byte}`,sqlstate:"22021",position:[...t.text.slice(e,o.offset)].length+1})}async function se(t,e,n,o){let{signal:r}=n;r?.throwIfAborted();let i,a=()=>{i??=t.interrupt()},s=Ze(Math.max(1,n.timeoutMs),a);r?.addEventListener("abort",a);try{return await t.execute(e,o),{kind:"done"}}catch(m){if(r?.throwIfAborted(),i)return{kind:"timed-out"};if(m instanceof v)return{kind:"failed",error:m};if(m instanceof N)return{kind:"engine-lost",...Bn(m)};throw m}finally{s(),r?.removeEventListener("abort",a),await i}}function nt(t){return"error"in t&&t.error?.sqlstate==="53100"}function Fn(t){let{file:e,start:n,end:o,execution:r}=t,i=e.bom&&n===0?"\uFEFF":"",a=r.send==="whole"?[{sql:i+e.text.slice(n,o),offset:n-i.length}]:Dn(t).map(s=>({sql:e.text.slice(s.start,s.end),offset:s.start}));return r.wrapped?[{sql:"BEGIN",offset:n},...a,{sql:"COMMIT",offset:o,isCommit:!0}]:a}function Dn(t){let e=[];for(let{start:n,end:o}of M(t)){let r=t.execution.together?.find(a=>a.start<=n&&o<=a.end),i=e.at(-1);r&&i?.piece===r?i.end=o:e.push({start:n,end:o,piece:r})}return e}function Bn({message:t,sqlstate:e}){return e===void 0||e===Wn?{}:{error:new v({sqlstate:e,message:t})}}var Wn="57P02";async function fr(t,e,n,o){switch(n.kind){case"failed":return{...Gn(n.error),...ke(e,await zn(t,e,n,o))};case"timed-out":return{sqlstate:"57014",message:`still running after ${o.timeoutMs/1e3} s, then stopped`,...ke(e,qe(e))};case"engine-lost":return{sqlstate:null,message:n.error?.message??"the connection to PostgreSQL was lost",...ke(e,qe(e))}}}function Gn({sqlstate:t,message:e,detail:n,hint:o}){return{sqlstate:t,message:je(e),...n===void 0?{}:{detail:je(n)},...o===void 0?{}:{hint:je(o)}}}function je(t){if(t.length<=2e3)return t;let n=t.slice(0,2e3).replace(/[\uD800-\uDBFF]$/,"");return`${n}\u2026 (${t.length-n.length} characters more)`}function ke({file:t},e){if(!e)return{file:t.path};let n={start:Oe(t.text,e.start),end:Oe(t.text,e.end)};return{file:t.path,range:n}}async function zn(t,e,n,o){if(n.error.position!==void 0)return Xn(e,n,n.error.position);let r=M(e),i=Yn(e,n.offset,r);if(i)return i;if(r.length<=1||r.length>Hn)return qe(e);try{await t.session.execute("BEGIN");for(let a of r){if(a.transaction)continue;let s=await se(t.session,e.file.text.slice(a.start,a.end),o);if(s.kind!=="done")return s.kind==="failed"&&Vn(s.error,n.error)?a:void 0}return}finally{await t.revive()&&await t.clean(e)}}function Yn({execution:t},e,n){if(!(t.send==="whole"||t.together?.some(o=>o.start<=e&&e<o.end)))return n.find(({start:o,end:r})=>o<=e&&e<r)}var Hn=5e3;function Vn(t,e){return t.sqlstate===e.sqlstate&&t.message===e.message}function qe(t){let[e,...n]=M(t);return n.length===0?e:void 0}function Xn(t,e,n){let o=Math.max(t.start,Jn(t.file.text,e.offset,n-1));if(e.error.sqlstate!==Qn)return M(t).find(({start:i,end:a})=>i<=o&&o<a);let r=/^[\w$]+|^\S/.exec(t.file.text.slice(o,t.end))?.[0]??"";return{start:o,end:o+r.length,transaction:!1}}var Qn="42601";function Jn(t,e,n){let o=e;for(let r=0;r<n;r++)o+=o>=0&&(t.codePointAt(o)??0)>65535?2:1;return o}var Zn={"golang-migrate":{table:"schema_migrations",sql:"CREATE TABLE public.schema_migrations (version bigint not null primary key, dirty boolean not null)"},dbmate:{table:"schema_migrations",sql:"CREATE TABLE public.schema_migrations (version varchar primary key)"},sqlx:{table:"_sqlx_migrations",sql:`CREATE TABLE public._sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL,
  installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL,
  execution_time bigint NOT NULL)`},diesel:{table:"__diesel_schema_migrations",sql:`CREATE TABLE public.__diesel_schema_migrations (version varchar(50) PRIMARY KEY NOT NULL,
  run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)`},goose:{table:"goose_db_version",sql:`CREATE TABLE public.goose_db_version (id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
  version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp NOT NULL DEFAULT now())`},flyway:{table:"flyway_schema_history",sql:`CREATE TABLE public.flyway_schema_history (installed_rank int NOT NULL, version varchar(50),
  description varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
  installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL,
  success boolean NOT NULL);
ALTER TABLE public.flyway_schema_history ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history (success)`},"sql-migrate":{table:"gorp_migrations",sql:"CREATE TABLE public.gorp_migrations (id text not null primary key, applied_at timestamp with time zone)"},prisma:{table:"_prisma_migrations",sql:`CREATE TABLE public._prisma_migrations (id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL,
  finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`},"node-pg-migrate":{table:"pgmigrations",sql:"CREATE TABLE public.pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)"},supabase:{table:"supabase_migrations.schema_migrations",sql:`CREATE SCHEMA supabase_migrations;
CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY, statements text[], name text)`},drizzle:{table:"drizzle.__drizzle_migrations",sql:`CREATE SCHEMA drizzle;
CREATE TABLE drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)`},"drizzle-folders":{table:"drizzle.__drizzle_migrations",sql:`CREATE SCHEMA drizzle;
CREATE TABLE drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint, name text,
  applied_at timestamp with time zone DEFAULT now())`},ory:{table:"schema_migration",sql:`CREATE TABLE public.schema_migration (version varchar(48) NOT NULL, version_self int NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX schema_migration_version_idx ON public.schema_migration (version);
CREATE INDEX schema_migration_version_self_idx ON public.schema_migration (version_self)`}};function ot(t,e){let n=Zn[t];if(!n)return;let o=new RegExp(`(?<![\\w$])${n.table.replace(".",'"?\\s*\\.\\s*"?')}(?![\\w$])`,"i");if(e.flatMap(({up:i,down:a})=>[i?.file.text??"",a?.file.text??""]).some(i=>o.test(i)))return{path:n.table,text:n.sql,bom:!1}}function br({layout:t,migrations:e,prelude:n,baseline:o}){let r=ot(t,e),i=o&&{...o,text:Je(o.text)};return[r!==void 0&&i?.text.includes(r.path)?void 0:r,n,i].filter(s=>s!==void 0).map(s=>({direction:"up",file:s,start:0,end:s.text.length,execution:{send:"whole",wrapped:!1}}))}async function Er(t,e,n){let o=M(e);if(o.length<2)return;t.touched();let r=performance.now()+n.timeoutMs;for(let{start:i,end:a}of o){let s=r-performance.now();if(s<=0)break;if(await se(t.session,e.file.text.slice(i,a),{...n,timeoutMs:s}),!await t.revive())throw new N("lost while a failed migration was applied in parts")}await t.clean(e)}function rt(t){return t.replaceAll(st,"true")}function it(t,e,n){return t.replaceAll(st,(o,r,i)=>i?`(${r}, ${i}) in (${n})`:`${r} = any(${e}::oid[])`)}var st=/\{only ([\w.]+)(?: ([\w.]+))?\}/g;function f(t){return`${t}::int8 >= 16384`}function p(t){return`${t}.nspname !~ '^pg_' and ${t}.nspname <> 'information_schema'`}function c(t,e){return`not exists (select from pg_depend membership where membership.classid = '${t}'::regclass and membership.objid = ${e}
    and membership.objsubid = 0 and membership.deptype = 'e')`}function l(t,e){return`quote_ident(${t}) || '.' || quote_ident(${e})`}function U(t){return`(select ${l("rn.nspname","rc.relname")}
    from pg_class rc join pg_namespace rn on rn.oid = rc.relnamespace where rc.oid = ${t})`}function R(t,e,n){return`case ${t} when 'v' then 'view ' when 'm' then 'materialized view ' when 'c' then 'type '
    when 'S' then 'sequence ' else 'table ' end || ${l(e,n)}`}function Y(t){return`case when ${t} <> (select quote_ident(current_user)::regrole)
    then quote_ident(pg_get_userbyid(${t})) end`}var _e=`case when toast.oid is null then ${J("c.reloptions")}
    else ${J("c.reloptions || array(select 'toast.' || x from unnest(toast.reloptions) x)")} end`,he="left join pg_class toast on toast.oid = c.reltoastrelid and toast.reloptions is not null";function Z(t,e,n){return`case when ${t} is not null then (select case when l.now is distinct from l.initial then to_json(coalesce(l.now, '{}')) end
    from (select (select array_agg(x order by x) from unnest(${t}::text[]) x) as now,
                 (select array_agg(x order by x) from unnest(acldefault(${e}, ${n})::text[]) x) as initial) l) end`}function u(t,e,n="0"){return`(select remark.description from pg_description remark
    where remark.objoid = ${e} and remark.classoid = '${t}'::regclass and remark.objsubid = ${n})`}function g(t,e){return[`'owner', ${Y(e.owner)}`,...e.acl&&e.aclType?[`'privileges', ${Z(e.acl,e.aclType,e.owner)}`]:[],`'comment', ${u(t,e.oid)}`]}function ye(t){return`case when cardinality(${t}) > 0 then to_json(${t}) end`}function J(t){return`case when ${t} is not null then (select json_agg(x order by x) from unnest(${t}) x) end`}function h(t){return`case when ${t} then true end`}function d(...t){return`'{' || concat_ws(',', ${t.flat().map(n=>{let o=n.indexOf(",");return`'"${n.slice(1,o-1)}":' || to_json(${n.slice(o+1)})::text`}).join(", ")}) || '}'`}function O(t){return`(select string_agg(quote_ident(opt.option_name) || ' ' || quote_literal(opt.option_value), ', ' order by opt.option_name)
    from pg_options_to_table(${t}) opt)`}var at={catalog:"pg_am",sources:["pg_am","pg_description"],sql:()=>`
    select a.oid, 0, 'access method', quote_ident(a.amname), null,
      ${d("'definition', 'TYPE ' || case a.amtype when 'i' then 'INDEX' else 'TABLE' end || ' HANDLER ' || a.amhandler::oid::regprocedure::text",`'comment', ${u("pg_am","a.oid")}`)}
    from pg_am a where {only a.oid} and a.oid >= ${16384} and ${c("pg_am","a.oid")}`};var eo=`case when exists (select from pg_range r where r.rngtypid = c.castsource and r.rngmultitypid = c.casttarget)
        then 'type ' || format_type(c.castsource, null) end`,dt={catalog:"pg_cast",sources:["pg_cast","pg_description"],sql:({major:t})=>`
    select c.oid, 0, 'cast', format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null),
      ${t>=14?eo:"null"},
      ${d(`'definition', case c.castmethod when 'b' then 'WITHOUT FUNCTION' when 'i' then 'WITH INOUT'
            else 'WITH FUNCTION ' || c.castfunc::regprocedure::text end
          || case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end`,`'comment', ${u("pg_cast","c.oid")}`)}
    from pg_cast c where {only c.oid} and c.oid >= ${16384} and ${c("pg_cast","c.oid")}`};var ct={catalog:"pg_collation",sources:["pg_collation","pg_description"],sql:({major:t})=>`
    select c.oid, 0, 'collation', ${l("n.nspname","c.collname")}, null,
      ${d(`'definition', concat_ws(', ',
          'PROVIDER = ' || case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' when 'c' then 'libc' else 'default' end,
          'LC_COLLATE = ' || quote_literal(c.collcollate), 'LC_CTYPE = ' || quote_literal(c.collctype)
          ${t>=17?", 'LOCALE = ' || quote_literal(c.colllocale)":t>=15?", 'LOCALE = ' || quote_literal(c.colliculocale)":""}
          ${t>=16?", 'RULES = ' || quote_literal(c.collicurules)":""},
          case when not c.collisdeterministic then 'DETERMINISTIC = false' end)`,g("pg_collation",{oid:"c.oid",owner:"c.collowner"}))}
    from pg_collation c join pg_namespace n on n.oid = c.collnamespace
    where {only c.oid} and ${p("n")} and ${c("pg_collation","c.oid")}`};var lt={catalog:"pg_attribute",sources:["pg_attribute","pg_attrdef","pg_description"],sql:({major:t})=>`
    select a.attrelid, a.attnum::int,
      case when c.relkind in ('r', 'p', 'f') or a.atthasdef or a.attacl is not null
        or c.relkind = 'm' and (a.attstattarget >= 0 or a.attstorage <> t.typstorage or a.attoptions is not null
          ${t>=14?"or a.attcompression <> ''":""})
        or ${u("pg_class","a.attrelid","a.attnum")} is not null then 'column' end,
      c.name || '.' || quote_ident(a.attname),
      c.key,
      ${d("'type', format_type(a.atttypid, a.atttypmod)",`'notNull', ${h("a.attnotnull")}`,"'default', case when a.atthasdef and a.attgenerated = '' then x.expression end","'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end","'generated', case when a.attgenerated <> '' then x.expression end","'generation', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end","'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end",`'storage', case when a.attstorage <> t.typstorage then
          case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' when 'x' then 'extended' end end`,...t>=14?["'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end"]:[],"'statistics', nullif(a.attstattarget, -1)",`'options', case when a.attfdwoptions is null then (${J("a.attoptions")})::jsonb else json_build_array(${O("a.attfdwoptions")})::jsonb
          || coalesce(to_jsonb(a.attoptions), '[]') end`,`'inherited', ${h("not a.attislocal")}`,`'comment', ${u("pg_class","a.attrelid","a.attnum")}`,"'privileges', case when a.attacl is not null then (select json_agg(p order by p) from unnest(a.attacl::text[]) p) end")}
    from (select c.oid, c.relkind, ${l("n.nspname","c.relname")} as name, ${R("c.relkind","n.nspname","c.relname")} as key
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {only c.oid} and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c') and ${p("n")} and ${c("pg_class","c.oid")}
        offset 0) c
      join pg_attribute a on a.attrelid = c.oid
      join pg_type t on t.oid = a.atttypid
      left join lateral (select pg_get_expr(d.adbin, d.adrelid) as expression from pg_attrdef d
        where a.atthasdef and d.adrelid = a.attrelid and d.adnum = a.attnum) x on true
    where a.attnum > 0 and not a.attisdropped and case when {only a.attrelid a.attnum} then true end`};var pt={catalog:"pg_constraint",sources:["pg_constraint","pg_trigger","pg_description"],sql:({major:t})=>`
    select o.oid, 0, 'constraint',
      case when c.oid is not null then ${l("n.nspname","c.relname")} else ${l("n.nspname","t.typname")} end
        || '.' || quote_ident(o.conname),
      case when c.oid is not null then ${R("c.relkind","n.nspname","c.relname")}
        else 'domain ' || ${l("n.nspname","t.typname")} end,
      ${d(`'type', case o.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
          when 'c' then 'check' when 'x' then 'exclusion' when 'n' then 'not null' end`,"'definition', pg_get_constraintdef(o.oid)",`'columns', coalesce((select json_agg(quote_ident(a.attname) order by k.n) from unnest(o.conkey) with ordinality k(num, n)
          join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.num), '[]')`,`'references', case when o.confrelid <> 0 then (select ${l("fn.nspname","fc.relname")}
          from pg_class fc join pg_namespace fn on fn.oid = fc.relnamespace where fc.oid = o.confrelid) end`,`'referencedColumns', case when o.confrelid <> 0 then (select json_agg(quote_ident(a.attname) order by k.n)
          from unnest(o.confkey) with ordinality k(num, n) join pg_attribute a on a.attrelid = o.confrelid and a.attnum = k.num) end`,`'notValidated', ${h("not o.convalidated")}`,"'deferrable', case when o.condeferrable then case when o.condeferred then 'initially deferred' else 'initially immediate' end end",...t>=18?[`'notEnforced', ${h("not o.conenforced")}`]:[],`'noInherit', ${h("o.connoinherit and o.contype in ('c', 'n')")}`,`'inherited', ${h("not o.conislocal")}`,`'triggersDisabled', case when o.contype = 'f' or o.condeferrable then ${h("exists (select from pg_trigger g where g.tgconstraint = o.oid and g.tgenabled not in ('O', 'A'))")} end`,`'comment', ${u("pg_constraint","o.oid")}`)}
    from pg_constraint o
      left join pg_class c on c.oid = o.conrelid
      left join pg_type t on t.oid = o.contypid
      join pg_namespace n on n.oid = o.connamespace
    where {only o.oid} and o.contype in ('p', 'u', 'f', 'c', 'x', 'n')
      and (o.contype <> 'n' or not o.convalidated or o.connoinherit or o.conislocal and o.conname !~ '_not_null[0-9]*$'
        or ${u("pg_constraint","o.oid")} is not null)
      and ${p("n")}
      and (c.oid is null or ${c("pg_class","c.oid")})
      and (t.oid is null or ${c("pg_type","t.oid")})`};var mt={catalog:"pg_conversion",sources:["pg_conversion","pg_description"],sql:()=>`
    select c.oid, 0, 'conversion', ${l("n.nspname","c.conname")}, null,
      ${d(`'definition', case when c.condefault then 'DEFAULT ' else '' end || 'FOR ' || quote_literal(pg_encoding_to_char(c.conforencoding))
          || ' TO ' || quote_literal(pg_encoding_to_char(c.contoencoding)) || ' FROM ' || c.conproc::oid::regprocedure::text`,g("pg_conversion",{oid:"c.oid",owner:"c.conowner"}))}
    from pg_conversion c join pg_namespace n on n.oid = c.connamespace
    where {only c.oid} and ${p("n")} and ${c("pg_conversion","c.oid")}`};var gt={catalog:"pg_default_acl",sources:["pg_default_acl"],sql:()=>`
    select d.oid, 0, 'default privileges',
      quote_ident(pg_get_userbyid(d.defaclrole)) || coalesce(' IN SCHEMA ' || nullif(d.defaclnamespace, 0)::regnamespace::text, '')
        || ' ON ' || case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS'
          when 'T' then 'TYPES' when 'n' then 'SCHEMAS' else 'LARGE OBJECTS' end,
      null,
      ${d("'privileges', coalesce((select json_agg(x order by x) from unnest(d.defaclacl::text[]) x), '[]')")}
    from pg_default_acl d where {only d.oid}`};var ut={catalog:"pg_type",forms:{column:"typtype",values:"d"},sources:["pg_type","pg_description"],sql:()=>`
    select t.oid, 0, 'domain', ${l("n.nspname","t.typname")}, null,
      ${d("'type', format_type(t.typbasetype, t.typtypmod)",`'notNull', ${h("t.typnotnull")}`,"'default', coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault)","'collation', case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end",g("pg_type",{oid:"t.oid",owner:"t.typowner",acl:"t.typacl",aclType:"'T'"}))}
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
    where {only t.oid} and t.typtype = 'd' and ${p("n")} and ${c("pg_type","t.oid")}`};function ae(t){return`case ${t} when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end`}var ft={catalog:"pg_trigger",sources:["pg_trigger","pg_description"],sql:()=>`
    select g.oid, 0, 'trigger', ${l("n.nspname","c.relname")} || '.' || quote_ident(g.tgname),
      ${R("c.relkind","n.nspname","c.relname")},
      ${d("'definition', pg_get_triggerdef(g.oid)","'function', g.tgfoid::regprocedure::text",`'enabled', ${ae("g.tgenabled")}`,`'comment', ${u("pg_trigger","g.oid")}`)}
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where {only g.oid} and not g.tgisinternal and ${p("n")} and ${c("pg_class","c.oid")}`};var _t={catalog:"pg_event_trigger",sources:["pg_event_trigger","pg_description"],sql:()=>`
    select e.oid, 0, 'event trigger', quote_ident(e.evtname), null,
      ${d(`'definition', 'ON ' || e.evtevent || coalesce(' WHEN TAG IN (' ||
          (select string_agg(quote_literal(x), ', ' order by x) from unnest(e.evttags) x) || ')', '')`,"'function', e.evtfoid::regprocedure::text",`'enabled', ${ae("e.evtenabled")}`,`'comment', ${u("pg_event_trigger","e.oid")}`,`'owner', ${Y("e.evtowner")}`)}
    from pg_event_trigger e where {only e.oid} and ${c("pg_event_trigger","e.oid")}`};var to=`(select ${ye("array_agg(i.type || ' ' || i.identity order by i.type, i.identity)")}
        from pg_depend d, pg_identify_object(d.classid, d.objid, d.objsubid) i
        where d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'x')`,ht={catalog:"pg_extension",sources:["pg_extension","pg_description"],sql:()=>`
    select e.oid, 0, 'extension', quote_ident(e.extname), null,
      ${d("'schema', e.extnamespace::regnamespace::text","'version', e.extversion",`'dependents', ${to}`,`'comment', ${u("pg_extension","e.oid")}`)}
    from pg_extension e where {only e.oid}`};var yt={catalog:"pg_foreign_data_wrapper",sources:["pg_foreign_data_wrapper","pg_description"],sql:()=>`
    select w.oid, 0, 'foreign-data wrapper', quote_ident(w.fdwname), null,
      ${d(`'definition', concat_ws(' ', 'HANDLER ' || nullif(w.fdwhandler, 0)::regprocedure::text,
          'VALIDATOR ' || nullif(w.fdwvalidator, 0)::regprocedure::text, 'OPTIONS (' || ${O("w.fdwoptions")} || ')')`,g("pg_foreign_data_wrapper",{oid:"w.oid",owner:"w.fdwowner",acl:"w.fdwacl",aclType:"'F'"}))}
    from pg_foreign_data_wrapper w
    where {only w.oid} and w.oid >= ${16384} and ${c("pg_foreign_data_wrapper","w.oid")}`};var wt=t=>l("n.nspname",t);function ee({catalog:t,acl:e,owner:n,schema:o,type:r,name:i,which:a="true"}){let s=$=>`(select coalesce(json_agg(a order by a), '[]') from unnest((${$})::text[]) a)`,m=`(select 'extension ' || quote_ident(e.extname) from pg_depend d join pg_extension e on e.oid = d.refobjid
        where d.classid = '${t}'::regclass and d.objid = x.oid and d.objsubid = 0 and d.deptype = 'e')`,_=`coalesce((select p.initprivs from pg_init_privs p
        where p.objoid = x.oid and p.classoid = '${t}'::regclass and p.objsubid = 0), acldefault(${r}, x.${n}))`;return{catalog:t,sources:[t],when:`x.${e} is not null`,sql:()=>`
    select x.oid, 0, 'privileges on', ${i}, s.extension,
      ${d("'privileges', s.now","'initial', s.initial")}
    from ${t} x
      ${o?`join pg_namespace n on n.oid = x.${o}`:""}
      cross join lateral (select ${m} as extension, ${s(`x.${e}`)} as now, ${s(_)} as initial offset 0) s
    where {only x.oid} and x.${e} is not null and ${a}
      and (s.extension is not null or ${o?`not (${p("n")})`:"x.oid < 16384"})
      and s.now::text <> s.initial::text`}}var bt=[ee({catalog:"pg_class",acl:"relacl",owner:"relowner",schema:"relnamespace",type:`(case x.relkind when 'S' then 's' else 'r' end)::"char"`,name:`case x.relkind when 'v' then 'view ' when 'm' then 'materialized view ' when 'S' then 'sequence ' else 'table ' end || ${wt("x.relname")}`,which:"n.nspname !~ '^pg_(toast|temp)'"}),ee({catalog:"pg_proc",acl:"proacl",owner:"proowner",schema:"pronamespace",type:"'f'",name:"case x.prokind when 'p' then 'procedure ' else 'function ' end || x.oid::regprocedure::text"}),ee({catalog:"pg_type",acl:"typacl",owner:"typowner",schema:"typnamespace",type:"'T'",name:`'type ' || ${wt("x.typname")}`}),ee({catalog:"pg_namespace",acl:"nspacl",owner:"nspowner",type:"'n'",name:"'schema ' || quote_ident(x.nspname)",which:"x.nspname in ('pg_catalog', 'information_schema')"})],xt=[ee({catalog:"pg_language",acl:"lanacl",owner:"lanowner",type:"'l'",name:"'language ' || quote_ident(x.lanname)"}),ee({catalog:"pg_foreign_data_wrapper",acl:"fdwacl",owner:"fdwowner",type:"'F'",name:"'foreign-data wrapper ' || quote_ident(x.fdwname)"})];function $t(t,e){return`(select json_agg(case when a.attnum is null then pg_get_indexdef(c.oid, k.n::int, false) else quote_ident(a.attname) end order by k.n)
    from unnest(i.indkey::int2[]) with ordinality k(num, n)
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num and k.num <> 0
    where k.n > ${t} and k.n <= ${e})`}var Rt={catalog:"pg_class",forms:{column:"relkind",values:"i,I"},sources:["pg_class","pg_index","pg_inherits","pg_constraint","pg_description"],sql:()=>`
    select c.oid, 0, 'index', ${l("n.nspname","c.relname")},
      ${R("r.relkind","n.nspname","r.relname")},
      ${d("'definition', pg_get_indexdef(c.oid)",`'unique', ${h("i.indisunique")}`,"'method', am.amname",`'columns', ${$t("0","i.indnkeyatts")}`,`'include', case when i.indnatts > i.indnkeyatts then ${$t("i.indnkeyatts","i.indnatts")} end`,"'predicate', pg_get_expr(i.indpred, i.indrelid)",`'invalid', ${h("not i.indisvalid")}`,`'constraint', (select 'constraint ' || ${l("n.nspname","r.relname")} || '.' || quote_ident(o.conname)
          from pg_constraint o where o.conrelid = i.indrelid and o.conindid = c.oid and o.contype in ('p', 'u', 'x'))`,`'clustered', ${h("i.indisclustered")}`,`'partitionOf', case when c.relispartition then (select ${U("h.inhparent")} from pg_inherits h where h.inhrelid = c.oid) end`,"'tablespace', case when c.reltablespace <> 0 then (select quote_ident(s.spcname) from pg_tablespace s where s.oid = c.reltablespace) end",`'options', ${J("c.reloptions")}`,`'statistics', case when i.indexprs is not null then (select ${ye("array_agg(a.attnum || ' ' || a.attstattarget order by a.attnum)")}
          from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0) end`,`'comment', ${u("pg_class","c.oid")}`)}
    from pg_class c
      join pg_index i on i.indexrelid = c.oid
      join pg_am am on am.oid = c.relam
      join pg_class r on r.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
    where {only c.oid} and c.relkind in ('i', 'I') and ${p("n")} and ${c("pg_class","r.oid")}`};var St={catalog:"pg_language",sources:["pg_language","pg_description"],sql:()=>`
    select l.oid, 0, 'language', quote_ident(l.lanname), null,
      ${d(`'definition', concat_ws(' ', case when l.lanpltrusted then 'TRUSTED' end,
          'HANDLER ' || nullif(l.lanplcallfoid, 0)::regprocedure::text,
          'INLINE ' || nullif(l.laninline, 0)::regprocedure::text,
          'VALIDATOR ' || nullif(l.lanvalidator, 0)::regprocedure::text)`,g("pg_language",{oid:"l.oid",owner:"l.lanowner",acl:"l.lanacl",aclType:"'l'"}))}
    from pg_language l where {only l.oid} and l.oid >= ${16384} and ${c("pg_language","l.oid")}`};var Et={catalog:"pg_largeobject_metadata",sources:["pg_largeobject_metadata","pg_description"],sql:()=>`
    select 0::oid, 0, 'large object', (row_number() over (order by l.oid))::text, null,
      ${d(g("pg_largeobject",{oid:"l.oid",owner:"l.lomowner",acl:"l.lomacl",aclType:"'L'"}))}
    from pg_largeobject_metadata l`};var vt={catalog:"pg_operator",sources:["pg_operator","pg_description"],sql:()=>`
    select o.oid, 0, 'operator',
      quote_ident(n.nspname) || '.' || o.oprname || '(' || coalesce(format_type(nullif(o.oprleft, 0), null), 'NONE') || ', '
        || coalesce(format_type(nullif(o.oprright, 0), null), 'NONE') || ')',
      null,
      ${d(`'definition', concat_ws(', ',
          'FUNCTION = ' || o.oprcode::oid::regprocedure::text,
          'RESULT = ' || format_type(o.oprresult, null),
          'COMMUTATOR = ' || nullif(o.oprcom, 0)::oid::regoperator::text,
          'NEGATOR = ' || nullif(o.oprnegate, 0)::oid::regoperator::text,
          'RESTRICT = ' || nullif(o.oprrest, 0)::oid::regprocedure::text,
          'JOIN = ' || nullif(o.oprjoin, 0)::oid::regprocedure::text,
          case when o.oprcanhash then 'HASHES' end, case when o.oprcanmerge then 'MERGES' end)`,g("pg_operator",{oid:"o.oid",owner:"o.oprowner"}))}
    from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
    where {only o.oid} and o.oprcode <> 0 and ${p("n")} and ${c("pg_operator","o.oid")}`};function we(t,e=()=>"true"){return`concat_ws(', ',
    (select string_agg('OPERATOR ' || m.amopstrategy || ' ' || m.amopopr::regoperator::text || coalesce(' FOR ORDER BY ' ||
        (select ${l("sn.nspname","sf.opfname")} from pg_opfamily sf
          join pg_namespace sn on sn.oid = sf.opfnamespace where sf.oid = m.amopsortfamily), ''),
        ', ' order by m.amopstrategy, m.amopopr::regoperator::text)
      from pg_amop m where m.amopfamily = ${t} and ${e("m.amoplefttype","m.amoprighttype")}),
    (select string_agg('FUNCTION ' || m.amprocnum || ' (' || format_type(m.amproclefttype, null) || ', '
        || format_type(m.amprocrighttype, null) || ') ' || m.amproc::oid::regprocedure::text,
        ', ' order by m.amprocnum, m.amproc::oid::regprocedure::text, m.amproclefttype, m.amprocrighttype)
      from pg_amproc m where m.amprocfamily = ${t} and ${e("m.amproclefttype","m.amprocrighttype")}))`}var Tt={catalog:"pg_opclass",sources:["pg_opclass","pg_opfamily","pg_amop","pg_amproc","pg_description"],sql:()=>`
    select o.oid, 0, 'operator class', ${l("n.nspname","o.opcname")} || ' USING ' || quote_ident(am.amname), null,
      ${d(`'definition', concat_ws(', ', case when o.opcdefault then 'DEFAULT' end,
          'FOR TYPE ' || format_type(o.opcintype, null),
          'FAMILY ' || ${l("fn.nspname","f.opfname")},
          'STORAGE ' || format_type(nullif(o.opckeytype, 0), null),
          nullif(${we("o.opcfamily",(t,e)=>`${t} = o.opcintype and ${e} = o.opcintype`)}, ''))`,g("pg_opclass",{oid:"o.oid",owner:"o.opcowner"}))}
    from pg_opclass o
      join pg_namespace n on n.oid = o.opcnamespace
      join pg_am am on am.oid = o.opcmethod
      join pg_opfamily f on f.oid = o.opcfamily
      join pg_namespace fn on fn.oid = f.opfnamespace
    where {only o.oid} and ${p("n")} and ${c("pg_opclass","o.oid")}`};var Ot={catalog:"pg_opfamily",sources:["pg_opfamily","pg_amop","pg_amproc","pg_description"],sql:()=>`
    select f.oid, 0, 'operator family', ${l("n.nspname","f.opfname")} || ' USING ' || quote_ident(am.amname), null,
      ${d(`'definition', ${we("f.oid")}`,g("pg_opfamily",{oid:"f.oid",owner:"f.opfowner"}))}
    from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am am on am.oid = f.opfmethod
    where {only f.oid} and ${p("n")} and ${c("pg_opfamily","f.oid")}`};var jt={catalog:"pg_policy",sources:["pg_policy","pg_description"],sql:()=>`
    select p.oid, 0, 'policy', ${l("n.nspname","c.relname")} || '.' || quote_ident(p.polname),
      ${R("c.relkind","n.nspname","c.relname")},
      ${d("'command', case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end","'permissive', case when not p.polpermissive then false end",`'roles', (select json_agg(r.name order by r.name) from (select case when x = 0 then 'PUBLIC'
          else quote_ident(pg_get_userbyid(x)) end as name from unnest(p.polroles) x) r)`,"'using', pg_get_expr(p.polqual, p.polrelid)","'check', pg_get_expr(p.polwithcheck, p.polrelid)",`'comment', ${u("pg_policy","p.oid")}`)}
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where {only p.oid} and ${p("n")} and ${c("pg_class","c.oid")}`};var no=({major:t})=>t<15?U("r.prrelid"):`${U("r.prrelid")}
        || coalesce(' (' || (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
          where a.attrelid = r.prrelid and a.attnum = any(r.prattrs::int2[])) || ')', '')
        || coalesce(' WHERE ' || pg_get_expr(r.prqual, r.prrelid), '')`,kt={catalog:"pg_publication",sources:["pg_publication","pg_publication_rel","pg_publication_namespace","pg_description"],sql:t=>`
    select p.oid, 0, 'publication', quote_ident(p.pubname), null,
      ${d(`'definition', concat_ws(', ', case when p.puballtables then 'FOR ALL TABLES' end,
          (select string_agg('TABLE ' || t.text, ', ' order by t.text) from
            (select ${no(t)} as text from pg_publication_rel r where r.prpubid = p.oid) t)
          ${t.major>=15?", (select string_agg('TABLES IN SCHEMA ' || s.pnnspid::regnamespace::text, ', ' order by s.pnnspid::regnamespace::text) from pg_publication_namespace s where s.pnpubid = p.oid)":""},
          'PUBLISH ' || concat_ws('+', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
            case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end),
          case when p.pubviaroot then 'VIA ROOT' end
          ${t.major>=18?", case p.pubgencols when 's' then 'GENERATED COLUMNS stored' end":""})`,g("pg_publication",{oid:"p.oid",owner:"p.pubowner"}))}
    from pg_publication p where {only p.oid} and ${c("pg_publication","p.oid")}`};var oo=`case when not m.inherit_option then ' WITH INHERIT FALSE' else '' end
              || case when not m.set_option then ' WITH SET FALSE' else '' end
              || case when m.grantor not in (10, quote_ident(current_user)::regrole)
                then ' GRANTED BY ' || quote_ident(pg_get_userbyid(m.grantor)) else '' end`,qt={catalog:"pg_authid",sources:["pg_authid","pg_auth_members","pg_shdescription"],sql:({major:t})=>`
    select r.oid, 0, 'role', quote_ident(r.rolname), null,
      ${d(`'options', array_to_json(array_remove(array[
          case when r.rolsuper then 'SUPERUSER' end, case when not r.rolinherit then 'NOINHERIT' end,
          case when r.rolcreaterole then 'CREATEROLE' end, case when r.rolcreatedb then 'CREATEDB' end,
          case when r.rolcanlogin then 'LOGIN' end, case when r.rolreplication then 'REPLICATION' end,
          case when r.rolbypassrls then 'BYPASSRLS' end,
          'CONNECTION LIMIT ' || nullif(r.rolconnlimit, -1), 'VALID UNTIL ' || quote_literal(nullif(r.rolvaliduntil, 'infinity'))], null))`,`'memberOf', (select json_agg(m.text order by m.text) from (select quote_ident(pg_get_userbyid(m.roleid))
            || case when m.admin_option then ' WITH ADMIN OPTION' else '' end
            ${t>=16?`|| ${oo}`:""} as text
          from pg_auth_members m where m.member = r.oid) m)`,"'comment', shobj_description(r.oid, 'pg_authid')")}
    from pg_roles r where {only r.oid} and r.rolname !~ '^pg_'`};var F=t=>`nullif(g.${t}, 0)::oid::regprocedure::text`,Nt=t=>`case g.${t} when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' else 'READ_WRITE' end`,ro=`(select concat_ws(', ',
    'SFUNC = ' || ${F("aggtransfn")},
    'STYPE = ' || format_type(g.aggtranstype, null),
    'SSPACE = ' || nullif(g.aggtransspace, 0),
    'FINALFUNC = ' || ${F("aggfinalfn")},
    case when g.aggfinalextra then 'FINALFUNC_EXTRA' end,
    'FINALFUNC_MODIFY = ' || ${Nt("aggfinalmodify")},
    'COMBINEFUNC = ' || ${F("aggcombinefn")},
    'SERIALFUNC = ' || ${F("aggserialfn")},
    'DESERIALFUNC = ' || ${F("aggdeserialfn")},
    'INITCOND = ' || quote_literal(g.agginitval),
    'MSFUNC = ' || ${F("aggmtransfn")},
    'MINVFUNC = ' || ${F("aggminvtransfn")},
    'MSTYPE = ' || format_type(nullif(g.aggmtranstype, 0), null),
    'MSSPACE = ' || nullif(g.aggmtransspace, 0),
    'MFINALFUNC = ' || ${F("aggmfinalfn")},
    case when g.aggmfinalextra then 'MFINALFUNC_EXTRA' end,
    'MFINALFUNC_MODIFY = ' || case when g.aggmtransfn <> 0 then ${Nt("aggmfinalmodify")} end,
    'MINITCOND = ' || quote_literal(g.aggminitval),
    'SORTOP = ' || nullif(g.aggsortop, 0)::oid::regoperator::text,
    'PARALLEL = ' || case p.proparallel when 's' then 'SAFE' when 'r' then 'RESTRICTED' else 'UNSAFE' end,
    case g.aggkind when 'o' then 'ORDERED SET' when 'h' then 'HYPOTHETICAL' end,
    'ARGUMENTS = ' || pg_get_function_arguments(p.oid))
  from pg_aggregate g where g.aggfnoid = p.oid)`,io=12,so=t=>`(select 'type ' || ${l("rn.nspname","rt.typname")} from pg_range r join pg_type rt on rt.oid = r.rngtypid
    join pg_namespace rn on rn.oid = rt.typnamespace where p.prorettype in (r.rngtypid${t>=14?", r.rngmultitypid":""}))`,It={catalog:"pg_proc",sources:["pg_proc","pg_aggregate","pg_description"],sql:({major:t})=>`
    select p.oid, 0, case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
      ${l("n.nspname","p.proname")} || '(' || coalesce((select string_agg(format_type(a.type, null), ', ' order by a.n)
        from unnest(p.proargtypes::oid[]) with ordinality a(type, n)), '') || ')',
      case when p.prolang = ${io} and p.prosrc ~ '^(multi)?range_constructor[0-3]$' then ${so(t)} end,
      ${d(`'definition', case when p.prokind = 'a' then ${ro} else pg_get_functiondef(p.oid) end`,"'returns', case when p.prokind <> 'p' then pg_get_function_result(p.oid) end","'language', case when p.prokind <> 'a' then (select quote_ident(l.lanname) from pg_language l where l.oid = p.prolang) end","'volatility', case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end",g("pg_proc",{oid:"p.oid",owner:"p.proowner",acl:"p.proacl",aclType:"'f'"}))}
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where {only p.oid} and ${p("n")} and ${c("pg_proc","p.oid")}`};var At={catalog:"pg_rewrite",sources:["pg_rewrite","pg_description"],sql:()=>`
    select w.oid, 0, 'rule', ${l("n.nspname","c.relname")} || '.' || quote_ident(w.rulename),
      ${R("c.relkind","n.nspname","c.relname")},
      ${d("'definition', pg_get_ruledef(w.oid)",`'enabled', ${ae("w.ev_enabled")}`,`'comment', ${u("pg_rewrite","w.oid")}`)}
    from pg_rewrite w join pg_class c on c.oid = w.ev_class join pg_namespace n on n.oid = c.relnamespace
    where {only w.oid} and w.rulename <> '_RETURN' and ${p("n")} and ${c("pg_class","c.oid")}`};var Lt={catalog:"pg_namespace",sources:["pg_namespace","pg_description"],sql:()=>`
    select n.oid, 0, 'schema', quote_ident(n.nspname), null,
      ${d(g("pg_namespace",{oid:"n.oid",owner:"n.nspowner",acl:"n.nspacl",aclType:"'n'"}))}
    from pg_namespace n
    where {only n.oid} and ${p("n")} and ${c("pg_namespace","n.oid")}`};var ao=`(select s.classoid, s.objoid, s.objsubid, s.provider, s.label from pg_seclabel s
      union all
      select s.classoid, s.objoid, 0, s.provider, s.label from pg_shseclabel s
        where s.classoid <> 'pg_database'::regclass or s.objoid = (select oid from pg_database where datname = current_database()))`,Kt={catalog:"pg_seclabel",sources:["pg_seclabel","pg_shseclabel"],sql:()=>`
    select 0::oid, 0, 'security label',
      'FOR ' || quote_ident(l.provider) || ' ON ' || case when l.objsubid > 0 then 'COLUMN ' || i.identity
        when i.type = 'database' then 'DATABASE' else upper(i.type) || ' ' || i.identity end,
      case when c.oid is not null then ${R("c.relkind","n.nspname","c.relname")} else i.type || ' ' || i.identity end,
      ${d("'definition', l.label")}
    from ${ao} l
      cross join pg_identify_object(l.classoid, l.objoid, l.objsubid) i
      left join pg_class c on l.classoid = 'pg_class'::regclass and c.oid = l.objoid
      left join pg_namespace n on n.oid = c.relnamespace
    where not exists (select from pg_depend m where m.classid = l.classoid and m.objid = l.objoid and m.deptype = 'e')`};var Ct={catalog:"pg_class",forms:{column:"relkind",values:"S"},sources:["pg_class","pg_sequence","pg_description"],sql:()=>`
    select c.oid, 0, 'sequence', ${l("n.nspname","c.relname")}, null,
      ${d("'type', format_type(s.seqtypid, null)","'start', s.seqstart::text","'increment', s.seqincrement::text","'min', s.seqmin::text","'max', s.seqmax::text","'cache', s.seqcache::text",`'cycle', ${h("s.seqcycle")}`,`'ownedBy', (select ${l("on_.nspname","oc.relname")} || '.' || quote_ident(oa.attname)
          from pg_depend d
            join pg_class oc on oc.oid = d.refobjid
            join pg_namespace on_ on on_.oid = oc.relnamespace
            join pg_attribute oa on oa.attrelid = d.refobjid and oa.attnum = d.refobjsubid
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
            -- The cast keeps the planner, which has no statistics of pg_depend, off the index by refclassid.
            and d.refclassid::int8 = 'pg_class'::regclass::oid::int8 and d.deptype in ('a', 'i'))`,"'persistence', case c.relpersistence when 'u' then 'unlogged' when 't' then 'temporary' end",g("pg_class",{oid:"c.oid",owner:"c.relowner",acl:"c.relacl",aclType:"'s'"}))}
    from pg_class c join pg_sequence s on s.seqrelid = c.oid join pg_namespace n on n.oid = c.relnamespace
    where {only c.oid} and ${p("n")} and ${c("pg_class","c.oid")}`};var Pt={catalog:"pg_foreign_server",sources:["pg_foreign_server","pg_description"],sql:()=>`
    select s.oid, 0, 'server', quote_ident(s.srvname), null,
      ${d(`'definition', concat_ws(' ', 'TYPE ' || quote_literal(s.srvtype), 'VERSION ' || quote_literal(s.srvversion),
          'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), 'OPTIONS (' || ${O("s.srvoptions")} || ')')`,g("pg_foreign_server",{oid:"s.oid",owner:"s.srvowner",acl:"s.srvacl",aclType:"'S'"}))}
    from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
    where {only s.oid} and ${c("pg_foreign_server","s.oid")}`};var co="(select oid from pg_database where datname = current_database())",lo=`(select c.text from (select shobj_description(d.oid, 'pg_database')) c(text)
        where c.text not like '${et}%')`,po=`
    union all
    select 0::oid, 0, 'setting', 'parameter ' || p.parname, null,
      ${d("'definition', p.parname",`'privileges', ${Z("p.paracl","'p'","10::oid")}`)}
    from pg_parameter_acl p`,Mt={catalog:"pg_db_role_setting",sources:["pg_db_role_setting","pg_database","pg_parameter_acl","pg_shdescription"],sql:({major:t})=>`
    select 0::oid, 0, 'setting',
      concat_ws(' ', 'role ' || quote_ident(pg_get_userbyid(nullif(s.setrole, 0))),
        case when s.setdatabase <> 0 then case when s.setrole <> 0 then 'in database' else 'database' end end,
        split_part(c.line, '=', 1)),
      null, ${d("'definition', c.line")}
    from pg_db_role_setting s, unnest(s.setconfig) c(line)
    where s.setdatabase in (0, ${co})
    union all
    select 0::oid, 0, 'setting', 'database properties', null,
      ${d(`'definition', nullif(concat_ws(' ', 'CONNECTION LIMIT ' || nullif(d.datconnlimit, -1), case when d.datistemplate then 'TEMPLATE' end,
          case when not d.datallowconn then 'NO CONNECTIONS' end), '')`,`'owner', ${Y("d.datdba")}`,`'privileges', ${Z("d.datacl","'d'","d.datdba")}`,`'comment', ${lo}`)}
    from pg_database d where d.datname = current_database()
    ${t>=15?po:""}`};var Ut={catalog:"pg_statistic_ext",sources:["pg_statistic_ext","pg_description"],sql:()=>`
    select s.oid, 0, 'statistics', ${l("n.nspname","s.stxname")}, null,
      ${d("'definition', pg_get_statisticsobjdef(s.oid) || case when s.stxstattarget >= 0 then ' SET STATISTICS ' || s.stxstattarget else '' end",g("pg_statistic_ext",{oid:"s.oid",owner:"s.stxowner"}))}
    from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
    where {only s.oid} and ${p("n")} and ${c("pg_statistic_ext","s.oid")}`};var D=({major:t},e,n)=>t>=e?`, ${n}`:"",Ft={catalog:"pg_subscription",sources:["pg_subscription","pg_description"],sql:t=>`
    select s.oid, 0, 'subscription', quote_ident(s.subname), null,
      ${d(`'definition', concat_ws(', ',
          ${t.superuser?"'CONNECTION ' || quote_literal(s.subconninfo),":""}
          'PUBLICATION ' || array_to_string(s.subpublications, ', '), 'SLOT ' || s.subslotname,
          'SYNCHRONOUS_COMMIT ' || s.subsynccommit, case when not s.subenabled then 'DISABLED' end
          ${D(t,14,"case when s.subbinary then 'BINARY' end")}
          ${D(t,14,"'STREAMING ' || case s.substream::text when 'p' then 'parallel' when 'f' then 'off' when 'false' then 'off' else 'on' end")}
          ${D(t,15,"case when s.subtwophasestate <> 'd' then 'TWO PHASE' end")}
          ${D(t,15,"case when s.subdisableonerr then 'DISABLE ON ERROR' end")}
          ${D(t,16,"case when not s.subpasswordrequired then 'NO PASSWORD' end")}
          ${D(t,16,"case when s.subrunasowner then 'RUN AS OWNER' end")}
          ${D(t,16,"'ORIGIN ' || s.suborigin")}
          ${D(t,17,"case when s.subfailover then 'FAILOVER' end")})`,g("pg_subscription",{oid:"s.oid",owner:"s.subowner"}))}
    from pg_subscription s
    where {only s.oid} and s.subdbid = (select oid from pg_database where datname = current_database())`};var Dt={catalog:"pg_class",forms:{column:"relkind",values:"r,p,f"},sources:["pg_class","pg_inherits","pg_partitioned_table","pg_foreign_table","pg_index","pg_description"],sql:()=>`
    select c.oid, 0, 'table', ${l("n.nspname","c.relname")}, null,
      ${d("'persistence', case c.relpersistence when 'u' then 'unlogged' when 't' then 'temporary' end","'partitionKey', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end",`'partitionOf', case when c.relispartition then (select ${U("h.inhparent")} from pg_inherits h where h.inhrelid = c.oid) end`,"'partitionBound', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end",`'inherits', case when not c.relispartition then (select json_agg(${U("h.inhparent")} order by h.inhseqno) from pg_inherits h where h.inhrelid = c.oid) end`,"'ofType', case when c.reloftype <> 0 then format_type(c.reloftype, null) end",`'rowSecurity', ${h("c.relrowsecurity")}`,`'forceRowSecurity', ${h("c.relforcerowsecurity")}`,`'replicaIdentity', case c.relreplident when 'f' then 'full' when 'n' then 'nothing' when 'i' then coalesce(
          (select 'index ' || quote_ident(ic.relname) from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = c.oid and i.indisreplident), 'nothing') end`,"'accessMethod', case when c.relam <> 0 then (select nullif(am.amname, 'heap') from pg_am am where am.oid = c.relam) end","'server', case when c.relkind = 'f' then (select quote_ident(s.srvname) from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid) end",`'foreignOptions', case when c.relkind = 'f' then (select case when f.ftoptions is not null then json_build_array(${O("f.ftoptions")}) end from pg_foreign_table f where f.ftrelid = c.oid) end`,`'options', ${_e}`,"'tablespace', case when c.reltablespace <> 0 then (select quote_ident(s.spcname) from pg_tablespace s where s.oid = c.reltablespace) end",g("pg_class",{oid:"c.oid",owner:"c.relowner",acl:"c.relacl",aclType:"'r'"}))}
    from pg_class c join pg_namespace n on n.oid = c.relnamespace ${he}
    where {only c.oid} and c.relkind in ('r', 'p', 'f') and ${p("n")} and ${c("pg_class","c.oid")}`};var Bt={catalog:"pg_tablespace",sources:["pg_tablespace","pg_shdescription"],sql:()=>`
    select s.oid, 0, 'tablespace', quote_ident(s.spcname), null,
      ${d("'definition', concat_ws(' ', 'LOCATION ' || quote_literal(pg_tablespace_location(s.oid)), 'WITH ' || s.spcoptions::text)",`'owner', ${Y("s.spcowner")}`,`'privileges', ${Z("s.spcacl","'t'","s.spcowner")}`,"'comment', shobj_description(s.oid, 'pg_tablespace')")}
    from pg_tablespace s where {only s.oid} and s.oid >= ${16384}`};var Wt={catalog:"pg_ts_config",sources:["pg_ts_config","pg_ts_config_map","pg_description"],sql:()=>`
    select c.oid, 0, 'text search configuration', ${l("n.nspname","c.cfgname")}, null,
      ${d(`'definition', concat_ws(', ', 'PARSER ' || ${l("pn.nspname","p.prsname")},
          (select string_agg('MAPPING FOR ' || coalesce((select t.alias from ts_token_type(c.cfgparser) t where t.tokid = m.token), m.token::text)
            || ' WITH ' || m.dictionaries, ', ' order by m.token)
           from (select m.maptokentype as token, string_agg(m.mapdict::regdictionary::text, ' ' order by m.mapseqno) as dictionaries
             from pg_ts_config_map m where m.mapcfg = c.oid group by m.maptokentype) m))`,g("pg_ts_config",{oid:"c.oid",owner:"c.cfgowner"}))}
    from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
      join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
    where {only c.oid} and ${p("n")} and ${c("pg_ts_config","c.oid")}`};var Gt={catalog:"pg_ts_dict",sources:["pg_ts_dict","pg_description"],sql:()=>`
    select d.oid, 0, 'text search dictionary', ${l("n.nspname","d.dictname")}, null,
      ${d(`'definition', concat_ws(', ', 'TEMPLATE ' || ${l("tn.nspname","t.tmplname")}, d.dictinitoption)`,g("pg_ts_dict",{oid:"d.oid",owner:"d.dictowner"}))}
    from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
      join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
    where {only d.oid} and ${p("n")} and ${c("pg_ts_dict","d.oid")}`};var zt={catalog:"pg_ts_parser",sources:["pg_ts_parser","pg_description"],sql:()=>`
    select p.oid, 0, 'text search parser', ${l("n.nspname","p.prsname")}, null,
      ${d(`'definition', concat_ws(', ', 'START = ' || p.prsstart::regproc::text, 'GETTOKEN = ' || p.prstoken::regproc::text, 'END = ' || p.prsend::regproc::text,
          'HEADLINE = ' || nullif(p.prsheadline, 0)::regproc::text, 'LEXTYPES = ' || p.prslextype::regproc::text)`,`'comment', ${u("pg_ts_parser","p.oid")}`)}
    from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace
    where {only p.oid} and ${p("n")} and ${c("pg_ts_parser","p.oid")}`};var Yt={catalog:"pg_ts_template",sources:["pg_ts_template","pg_description"],sql:()=>`
    select t.oid, 0, 'text search template', ${l("n.nspname","t.tmplname")}, null,
      ${d("'definition', concat_ws(', ', 'INIT = ' || nullif(t.tmplinit, 0)::regproc::text, 'LEXIZE = ' || t.tmpllexize::regproc::text)",`'comment', ${u("pg_ts_template","t.oid")}`)}
    from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace
    where {only t.oid} and ${p("n")} and ${c("pg_ts_template","t.oid")}`};var Ht={catalog:"pg_transform",sources:["pg_transform","pg_description"],sql:()=>`
    select t.oid, 0, 'transform', format_type(t.trftype, null) || ' LANGUAGE ' || quote_ident(l.lanname), null,
      ${d(`'definition', concat_ws(', ', 'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql, 0)::oid::regprocedure::text,
          'TO SQL WITH FUNCTION ' || nullif(t.trftosql, 0)::oid::regprocedure::text)`,`'comment', ${u("pg_transform","t.oid")}`)}
    from pg_transform t join pg_language l on l.oid = t.trflang
    where {only t.oid} and t.oid >= ${16384} and ${c("pg_transform","t.oid")}`};var B=t=>`nullif(t.${t}, 0)::oid::regprocedure::text`,mo=t=>`(select concat_ws(', ',
    'SUBTYPE = ' || format_type(r.rngsubtype, null),
    (select 'SUBTYPE_OPCLASS = ' || quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname)
      from pg_opclass oc join pg_namespace ocn on ocn.oid = oc.opcnamespace where oc.oid = r.rngsubopc),
    'COLLATION = ' || nullif(r.rngcollation, 0)::regcollation::text,
    'CANONICAL = ' || nullif(r.rngcanonical, 0)::oid::regprocedure::text,
    'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff, 0)::oid::regprocedure::text
    ${t?", 'MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, null)":""})
  from pg_range r where r.rngtypid = t.oid)`,go=t=>`concat_ws(', ',
    'INPUT = ' || ${B("typinput")}, 'OUTPUT = ' || ${B("typoutput")},
    'RECEIVE = ' || ${B("typreceive")}, 'SEND = ' || ${B("typsend")},
    'TYPMOD_IN = ' || ${B("typmodin")}, 'TYPMOD_OUT = ' || ${B("typmodout")},
    'ANALYZE = ' || ${B("typanalyze")},
    'INTERNALLENGTH = ' || t.typlen, case when t.typbyval then 'PASSEDBYVALUE' end,
    'ALIGNMENT = ' || t.typalign::text, 'STORAGE = ' || t.typstorage::text, 'CATEGORY = ' || quote_literal(t.typcategory::text),
    case when t.typispreferred then 'PREFERRED' end, 'DEFAULT = ' || quote_literal(t.typdefault),
    'ELEMENT = ' || format_type(nullif(t.typelem, 0), null),${t>=14?` 'SUBSCRIPT = ' || ${B("typsubscript")},`:""} 'DELIMITER = ' || quote_literal(t.typdelim::text),
    'COLLATABLE = ' || nullif(t.typcollation, 0))`,Vt={catalog:"pg_type",forms:{column:"typtype",values:"e,c,r,b,p"},sources:["pg_type","pg_enum","pg_range","pg_attribute","pg_class","pg_description"],sql:({major:t})=>`
    select t.oid, 0, 'type', ${l("n.nspname","t.typname")}, null,
      ${d("'form', case when not t.typisdefined then 'shell' else case t.typtype when 'e' then 'enum' when 'c' then 'composite' when 'r' then 'range' else 'base' end end","'labels', case when t.typtype = 'e' then coalesce((select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '[]') end",`'fields', case when t.typtype = 'c' then coalesce((select json_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attcollation <> at.typcollation then ' COLLATE ' || a.attcollation::regcollation::text else '' end order by a.attnum)
          from pg_attribute a join pg_type at on at.oid = a.atttypid where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped), '[]') end`,`'definition', case when not t.typisdefined then null when t.typtype = 'r' then ${mo(t>=14)} when t.typtype = 'b' then ${go(t)} end`,g("pg_type",{oid:"t.oid",owner:"t.typowner",acl:"t.typacl",aclType:"'T'"}))}
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where {only t.oid} and ${p("n")}
      and (t.typtype in ('e', 'r', 'b', 'p')
        or t.typtype = 'c' and (select c.relkind from pg_class c where c.oid = t.typrelid) = 'c')
      and not exists (select from pg_type e where e.oid = t.typelem and e.typarray = t.oid)
      and ${c("pg_type","t.oid")}`};var Xt={catalog:"pg_user_mapping",sources:["pg_user_mapping"],sql:()=>`
    select u.umid, 0, 'user mapping',
      case when u.umuser = 0 then 'PUBLIC' else quote_ident(u.usename) end || ' SERVER ' || quote_ident(u.srvname), null,
      ${d(`'definition', 'OPTIONS (' || coalesce(${O("u.umoptions")}, '') || ')'`)}
    from pg_user_mappings u where {only u.umid}`};var Qt={catalog:"pg_class",forms:{column:"relkind",values:"v,m"},sources:["pg_class","pg_rewrite","pg_attribute","pg_description"],sql:()=>`
    select c.oid, 0, case c.relkind when 'v' then 'view' else 'materialized view' end,
      ${l("n.nspname","c.relname")}, null,
      ${d("'definition', pg_get_viewdef(c.oid)",`'options', ${_e}`,"'tablespace', case when c.reltablespace <> 0 then (select quote_ident(s.spcname) from pg_tablespace s where s.oid = c.reltablespace) end","'accessMethod', case when c.relam <> 0 then (select nullif(am.amname, 'heap') from pg_am am where am.oid = c.relam) end",`'unpopulated', ${h("not c.relispopulated")}`,g("pg_class",{oid:"c.oid",owner:"c.relowner",acl:"c.relacl",aclType:"'r'"}))}
    from pg_class c join pg_namespace n on n.oid = c.relnamespace ${he}
    where {only c.oid} and c.relkind in ('v', 'm') and ${p("n")} and ${c("pg_class","c.oid")}`};var S=[Lt,Dt,lt,pt,Rt,Qt,Ct,It,ft,At,jt,Vt,ut,...bt],H=[ht,_t,vt,Tt,Ot,dt,ct,mt,Ut,kt,Ft,yt,Pt,Xt,Wt,Gt,zt,Yt,St,Ht,at,gt,qt,Bt,Mt,Et,Kt,...xt];function te(t,e){return`(${t}::int8 * 65536 + ${e} + 100)`}function ne(t){return{relation:`(${t} / 65536)::oid`,number:`(${t} % 65536 - 100)::int2`}}function Jt({oid:t,sub:e}){return Number(t)*65536+e+100}function Ne(t){let e=Number(t);return{catalog:"pg_attribute",oid:String(Math.floor(e/65536)),sub:e%65536-100}}var uo=`not exists (select from pg_type e where e.oid = x.typelem and e.typarray = x.oid)
        and (x.typtype <> 'c' or (select c.relkind = 'c' from pg_class c where c.oid = x.typrelid))`,fo=`case when x.typtype = 'm' then (select d.refobjid from pg_depend d where d.classid = 'pg_type'::regclass
        and d.objid = x.oid and d.refclassid = 'pg_type'::regclass and d.deptype = 'i') else x.oid end`,V=[w("pg_index","pg_class","o.oid",f("x.indexrelid"),"unnest(case when x.indisreplident then array[x.indexrelid, x.indrelid] else array[x.indexrelid] end) o(oid)"),w("pg_attrdef","pg_attribute",te("x.adrelid","x.adnum")),w("pg_constraint","pg_constraint","x.oid",f("x.oid")),w("pg_constraint","pg_class","x.conindid",`${f("x.oid")} and x.contype in ('p', 'u', 'x')`),w("pg_type","pg_type",fo,uo),w("pg_namespace","pg_namespace","x.oid"),w("pg_sequence","pg_class","x.seqrelid"),w("pg_inherits","pg_class","x.inhrelid"),w("pg_partitioned_table","pg_class","x.partrelid"),w("pg_foreign_table","pg_class","x.ftrelid"),w("pg_rewrite","pg_class","x.ev_class",`${f("x.oid")} and x.rulename = '_RETURN'`),w("pg_rewrite","pg_rewrite","x.oid",`${f("x.oid")} and x.rulename <> '_RETURN'`),w("pg_trigger","pg_trigger","x.oid",`${f("x.oid")} and not x.tgisinternal`),w("pg_trigger","pg_constraint","x.tgconstraint",`${f("x.oid")} and x.tgisinternal`),w("pg_policy","pg_policy","x.oid"),w("pg_proc","pg_proc","x.oid"),w("pg_aggregate","pg_proc","x.aggfnoid::oid",f("x.aggfnoid::oid")),w("pg_enum","pg_type","distinct x.enumtypid"),w("pg_range","pg_type","x.rngtypid",f("x.rngtypid"))],Ie={pg_type:f("x.oid"),pg_trigger:`${f("x.oid")} and x.tgisinternal`,pg_rewrite:`${f("x.oid")} and x.rulename = '_RETURN'`},Ae=[...new Set(V.slice(V.findIndex(t=>t.from==="pg_namespace")).map(t=>t.from))];function w(t,e,n,o="true",r){let i=r===void 0?`${t} x`:`${t} x, ${r}`;return{from:t,into:e,sql:`select ${n} from ${i} where ${o} and {recent x}`}}var de=[W("pg_namespace","true"),W("pg_class",`${f("x.oid")} and x.relkind not in ('t', 'c')`),W("pg_constraint",`${f("x.oid")} and x.contype <> 't'`),W("pg_trigger",`${f("x.oid")} and not x.tgisinternal`),W("pg_rewrite",`${f("x.oid")} and x.rulename <> '_RETURN'`),W("pg_policy","true"),W("pg_proc",f("x.oid")),W("pg_type",`${f("x.oid")} and (x.typarray <> 0 or x.typtype <> 'b')`)];function W(t,e){return{catalog:t,sql:`select x.oid from ${t} x where ${e}`}}var oe=[...new Set([...V.map(t=>t.from),...[...S,...H].flatMap(t=>t.sources),"pg_depend","pg_description"])],be=class{#e;#t;constructor(e,n){this.#e=e,this.#t=n}written(e){return this.#n("written",e)}deleted(e){return this.#n("deleted",e)}any(e){return e.some(n=>this.written(n)||this.deleted(n))}rowsWritten(e){let n=oe.indexOf(e),o=this.#e?.written[n],r=this.#t?.written[n];return o===void 0||r===void 0?void 0:r-o}#n(e,n){if(!this.#e||!this.#t)return!0;let o=oe.indexOf(n);return this.#e[e][o]!==this.#t[e][o]}};var Le={written:t=>`_written[${I(t)}] <> _was_written[${I(t)}]`,deleted:t=>`_deleted[${I(t)}] <> _was_deleted[${I(t)}]`,rows:t=>`(_written[${I(t)}] - _was_written[${I(t)}])`,deletedRows:t=>`(_deleted[${I(t)}] - _was_deleted[${I(t)}])`,anyWritten:t=>{let e=t.map(I),n=`[${Math.min(...e)}:${Math.max(...e)}]`;return`_written${n} <> _was_written${n}`},anyDeleted:"_deleted <> _was_deleted",countable:"_alone",short:(t,e)=>`(not _alone or ${e} < ${Le.rows(t)})`},Zt={written:()=>"true",deleted:()=>"true",rows:()=>"0",deletedRows:()=>"null",anyWritten:()=>"true",anyDeleted:"true",countable:"false",short:()=>"true"};function b(t){return`age(${t}.xmin) <= _young`}function I(t){return oe.indexOf(t)+1}var A=[...new Set(S.map(t=>t.catalog))];function E(t){return`_${t}`}var xe=`array(select distinct ${ne("u.id").relation} from unnest(_pg_attribute) u(id))`;function en(t){return`    if ${t.anyDeleted} then
${de.map((e,n)=>_o(n,t)).join(`
`)}
      if ${t.deleted("pg_description")} then return query ${ho}; end if;
    end if;
    if ${t.written("pg_depend")} or ${t.deleted("pg_depend")} then
      _members := array(select ${b("d")} from pg_depend d where d.refclassid = 'pg_extension'::regclass and d.deptype in ('e', 'x'));
      o1 := 'members'; o2 := cardinality(_members); o3 := cardinality(array_positions(_members, true));
      return next;
    end if;`}function _o(t,e){let{catalog:n="",sql:o=""}=de[t]??{},r=`_suspects[${t+1}]::oid[]`,i=e.deletedRows(n);return`      if ${e.deleted(n)} then
        _gone := '{}';
        if ${e.countable} and cardinality(${r}) >= ${i} then
          _gone := array(select s.oid from unnest(${r}) s(oid) where not exists (select from ${n} x where x.oid = s.oid));
        end if;
        o2 := '${n}';
        if cardinality(_gone) = ${i} then o1 := 'gone'; o3 := array_to_string(_gone, ',');
        else o1 := 'alive'; o3 := array_to_string(array(${o}), ','); end if;
        return next;
      end if;`}var ho=`select 'commented', case when x.objsubid > 0 then 'pg_attribute' else x.classoid::regclass::text end,
      x.objoid::text, x.objsubid::text, null, null, null, null
    from pg_description x where x.objoid >= ${16384} or x.classoid = 'pg_namespace'::regclass`;async function Ke(t){let[e]=await t.session.query(`select m.boundary, m.alone::text, m.written::text, m.deleted::text, m.newest from (${Ce(t)}) m`);return Pe(e??[],t)}function Ce({catalogs:t,ownCounters:e}){let n=r=>`pg_stat_get_tuples_${r}(c.oid)${e?` + pg_stat_get_xact_tuples_${r}(c.oid)`:""}`,o=r=>`array(select ${r} from unnest('{${t.join(",")}}'::oid[]) c(oid))`;return`select (pg_snapshot_xmin(s)::text::numeric % 4294967296)::text as boundary,
      pg_snapshot_xmin(s) = pg_snapshot_xmax(s) as alone,
      ${o(`${n("inserted")} + ${n("updated")}`)} as written, ${o(n("deleted"))} as deleted,
      (select max(oid)::text from pg_class) as newest
    from pg_current_snapshot() s`}function Pe([t,e,n,o,r],{counters:i}){return{boundary:t??"3",alone:e==="true",newest:r??"0",counters:i?{written:tn(n),deleted:tn(o)}:void 0}}function tn(t){return(t??"{}").slice(1,-1).split(",").map(Number)}function nn(t){let e=new Set;for(let n of t){if(n.length>5e4)return[];for(let[o]of n.matchAll(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu))e.add(o.startsWith('"')?o.slice(1,-1).replaceAll('""','"'):yo(o));if(e.size>400)return[]}return[...e]}function yo(t){return t.replace(/[A-Z]/g,e=>e.toLowerCase())}var $e=`if _named is null then
        _named := array(select c.oid from pg_class c where c.relname = any(_names));
        _named := _named || array(select i.indexrelid from pg_index i where i.indrelid = any(_named)
          union all select i.inhrelid from pg_inherits i where i.inhparent = any(_named));
      end if;`,wo=`array(select c.reltype from pg_class c where c.oid = any(_named)
        union select t.typarray from pg_class c join pg_type t on t.oid = c.reltype where c.oid = any(_named)
        union select t.oid from pg_type t where t.typname = any(_names))`,on={pg_index:"x.indrelid = any(_named)",pg_attrdef:"x.adrelid = any(_named)",pg_constraint:"x.conrelid = any(_named)",pg_type:`x.oid = any(${wo})`,pg_proc:"x.proname = any(_names)"};var rn=`
  select case when x.oid is not null then 'pg_attribute' when w.rulename = '_RETURN' then 'pg_class'
      when h.classid = 'pg_class'::regclass and h.sub > 0 then 'pg_attribute' else h.classid::regclass::text end,
    coalesce(x.adrelid, case when w.rulename = '_RETURN' then w.ev_class end, h.oid),
    coalesce(x.adnum::int, h.sub)
  from hit h
    left join pg_attrdef x on h.classid = 'pg_attrdef'::regclass and x.oid = h.oid
    left join pg_rewrite w on h.classid = 'pg_rewrite'::regclass and w.oid = h.oid
  union all
  select 'pg_type', c.reltype, 0
  from hit h join pg_class c on h.classid = 'pg_class'::regclass and c.oid = h.oid and c.relkind = 'c'`,sn=`
with recursive hit(classid, oid, sub) as (
  select case when s.catalog = 'pg_attribute' then 'pg_class' else s.catalog end::regclass::oid, s.oid, s.sub
  from unnest($1::text[], $2::oid[], $3::int[]) s(catalog, oid, sub)
  union
  select d.classid, d.objid, d.objsubid
  from hit h join pg_depend d on d.refclassid = h.classid and d.refobjid = h.oid and (h.sub = 0 or d.refobjsubid = h.sub)
  where ${f("d.objid")} and d.deptype <> 'e'
)
${rn}`,an=t=>`
with recursive over(relation, classid, oid) as (
  select s.oid, 0::oid, 0::oid from unnest(${t}::oid[]) s(oid)
  union
  select coalesce(w.ev_class, 0), d.classid, d.objid
  from over o
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = o.relation
    left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
  where d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass)
),
hit(classid, oid, sub) as (select distinct classid, oid, 0 from over where oid <> 0)
${rn}`;function cn(t,e){let[n,o]=[V.filter(dn),V.filter(i=>!dn(i))],r=i=>bo(i).map(([a,s])=>Eo(a,s,e));return`    select m.boundary, m.alone::text, m.written, m.deleted, m.newest into o2, o3, _written, _deleted, o6 from (${Ce(t)}) m;
    o1 := 'moment'; o4 := _written::text; o5 := _deleted::text;
    return next;
    o4 := null; o5 := null; o6 := null;
    if ${e.written("pg_attribute")} or ${e.written("pg_class")} then
      _from_class := ${ce("pg_class",e)};
    end if;
    if ${e.written("pg_attribute")} then
${$o(e)}
    end if;
    if ${e.written("pg_class")} then
${So(e)}
    end if;
${r(o).join(`
`)}
    if ${e.anyWritten(Ae)} then
${r(n).join(`
`)}
    end if;
    if ${e.written("pg_description")} then
${Oo(e)}
    end if;
    if _printed and (_pg_class <> '{}' or _pg_attribute <> '{}') then
${jo}
    end if;`}function dn({from:t}){return Ae.includes(t)}function bo(t){let e=new Map;for(let n of t)e.set(n.from,[...e.get(n.from)??[],n]);return[...e]}var ln=t=>`pg_relation_size('${t}') / current_setting('block_size')::int`,xo=32,ce=(t,e)=>`('(' || greatest(${ln(t)} - 2 - ${e.rows(t)} / ${xo}, 0) || ',0)')::tid`;function $o(t){let e=te("a.attrelid","a.attnum"),n=`select ${e} from pg_attribute a where a.ctid >= _from and ${b("a")}`,o=`select ${te("d.adrelid","d.adnum")} from pg_attrdef d where d.ctid >= _from_default and ${b("d")}`,r=`${n}
      union select ${e} from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.ctid >= _from_class and ${b("c")} and ${b("a")}
      union select ${e} from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where d.ctid >= _from_default and ${b("d")} and ${b("a")}`,i=`select ${e} from pg_attribute a where a.attrelid = any(_named) and ${b("a")}
      union select u.id from unnest(_columns) u(id)`,a=`select ${e} from pg_attribute a where ${b("a")}`,s=t.short("pg_attribute","cardinality(_columns)"),{relation:m,number:_}=ne("u.id"),$=`(${t.rows("pg_attribute")} <= 3 * cardinality(_columns) + ${t.deletedRows("pg_attrdef")})`,L=`select u.id from unnest(_columns) u(id) join pg_attribute a
        on a.attrelid = ${m} and a.attnum = ${_} where a.atthasmissing`,K=P=>`array_to_string(array(${P}), ',')`,C=(P,G)=>`array(select ${P} from pg_class c where c.oid = any(_with_columns) and ${f("c.oid")} and ${G})`;return`    _from := ${ce("pg_attribute",t)};
    _columns := array(${n});
    if ${s} then
      _from_default := ${ce("pg_attrdef",t)};
      _columns := array(${r});
      _is_large := ${ln("pg_attribute")} >= _large;
      if ${s} and (_is_large or not ${$}) then
        ${$e}
        _columns := array(${i});
      end if;
      if ${s} and ${t.countable} and _is_large and ${$} then
        o1 := 'unsure'; o2 := ${t.rows("pg_attribute")}; o3 := cardinality(_columns); o4 := ${K(L)}; o5 := ${K(o)};
        return next;
        o4 := null; o5 := null;
      elsif ${s} then _columns := array(${a}); end if;
    end if;
    _with_columns := array(select distinct ${m} from unnest(_columns) u(id));
    _forms := array(select distinct c.relkind from pg_class c where c.oid = any(_with_columns));
    _tables := ${C("c.oid","c.relkind not in ('i', 'I', 'S', 't')")};
    _pg_attribute := array(select u.id from unnest(_columns) u(id) where ${_} > 0 and ${m} = any(_tables));
    if not _forms <@ '{r,p,t}' then _pg_class := ${C("c.oid","c.relkind not in ('r', 'p', 't', 'c')")}; end if;
    if 'c' = any(_forms) then _pg_type := ${C("c.reltype","c.relkind = 'c'")}; end if;`}var Ro=`1 + case when c.oid <= _newest then 0 else
        (c.reltoastrelid <> 0)::int + (c.relchecks > 0)::int + c.relhastriggers::int + c.relhasrules::int
          + (c.relispartition and c.relkind in ('r', 'p', 'f'))::int end`;function So(t){let e=`select c.oid from pg_class c where c.ctid >= _from_class and ${b("c")}`,n=`${e}
      union select c.oid from pg_class c where c.oid = any(_with_columns) and ${b("c")}`,o=`select c.oid from pg_class c where c.oid = any(_relations || _named) and ${b("c")}`,r=`select c.oid from pg_class c where ${b("c")}`,i=`(select coalesce(sum(${Ro}), 0) from pg_class c where c.oid = any(_relations))`,a=t.short("pg_class","cardinality(_relations)"),s=t.short("pg_class",i);return`    _relations := array(${e});
    if ${a} then
      _relations := array(${n});
      if ${a} then
        if ${s} then
          ${$e}
          _relations := array(${o});
          if ${s} then _relations := array(${r}); end if;
        end if;
      end if;
    end if;
    _pg_class := _pg_class || _relations;
    _forms := array(select distinct c.relkind from pg_class c where c.oid = any(_relations));
    if 'c' = any(_forms) then
      _pg_type := _pg_type || array(select c.reltype from pg_class c where c.oid = any(_relations) and c.relkind = 'c');
    end if;`}function Eo(t,e,n){let o=`x.ctid >= _from and ${b("x")}`,r=$=>`(select count(*) from ${t} x where ${$})`,i=$=>e.map(L=>To(L,$)).join(`
`),a=on[t],s=`x.ctid < _from and ${a} and ${b("x")}`,m="_from := '(0,0)';",_=a?`      ${$e}
      if ${n.short(t,`${r(o)} + ${r(s)}`)} then ${m}
      else
${i(s)}
      end if;`:`      ${m}`;return`  if ${n.written(t)} then
    _from := ${ce(t,n)};
    if ${n.short(t,r(o))} then
${_}
    end if;
${i(o)}${Ie[t]?vo(t,Ie[t],o):""}
  end if;`}function vo(t,e,n){return`
    o1 := 'unread'; o2 := '${t}'; o3 := array_to_string(array(select x.oid from ${t} x where ${e} and ${n}), ',');
    if o3 <> '' then return next; end if;`}function To({into:t,sql:e},n){return`    ${E(t)} := ${E(t)} || array(${e.replaceAll("{recent x}",n)});`}function Oo(t){let e=`x.ctid >= _from and ${b("x")}`,n=A.filter(o=>o!=="pg_attribute").map(o=>`        when '${o}' then ${E(o)} := ${E(o)} || o3::oid;`);return`    _from := ${ce("pg_description",t)};
    if ${t.short("pg_description",`(select count(*) from pg_description x where ${e})`)} then _from := '(0,0)'; end if;
    for o2, o3 in select case when x.objsubid > 0 then 'pg_attribute' else x.classoid::regclass::text end,
          case when x.objsubid > 0 then ${te("x.objoid","x.objsubid")}::text else x.objoid::text end
        from pg_description x where ${e} loop
      case o2
        when 'pg_attribute' then _pg_attribute := _pg_attribute || o3::int8;
${n.join(`
`)}
        else o1 := 'dirty'; return next;
      end case;
    end loop;`}var jo=`    _relations := _pg_class || ${xe};
    if exists (select from pg_depend d where d.refclassid = 'pg_class'::regclass and d.refobjid = any(_relations)
        and d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass)) then
      for o2, o3 in select r.catalog, r.oid::text from (${an("_relations")}) r(catalog, oid, sub) loop
        case o2
          when 'pg_class' then _pg_class := _pg_class || o3::oid;
          when 'pg_rewrite' then _pg_rewrite := _pg_rewrite || o3::oid;
          when 'pg_proc' then _pg_proc := _pg_proc || o3::oid;
          else null;
        end case;
      end loop;
    end if;`;var pn="select * from pg_temp.switchback_changes($1::xid, $2::bool, $3::int8[], $4::int8[], $5::oid, $6::bool, $7::int, $8::text[], $9::name[])",mn="drop function if exists pg_temp.switchback_changes",gn="select * from pg_temp.switchback_changes(_asked => $1::text[])";function un(t,e){let n=e.counters?Le:Zt;return`create or replace function pg_temp.switchback_changes(
  _boundary xid default null, _alone bool default null, _was_written int8[] default null, _was_deleted int8[] default null,
  _newest oid default null, _printed bool default null, _large int default null, _suspects text[] default null,
  _names name[] default null, _asked text[] default null)
returns table (o1 text, o2 text, o3 text, o4 text, o5 text, o6 text, o7 text, o8 text)
language plpgsql stable as $switchback$
#variable_conflict use_column
declare
  _young int := age(_boundary);
  _written int8[];
  _deleted int8[];
  ${A.map(o=>`${E(o)} ${o==="pg_attribute"?"int8":"oid"}[] := '{}';`).join(`
  `)}
  _from tid;
  _from_class tid;
  _from_default tid;
  _columns int8[] := '{}';
  _with_columns oid[] := '{}';
  _relations oid[];
  _named oid[];
  _is_large bool;
  _gone oid[];
  _tables oid[];
  _members bool[];
  _forms "char"[];
begin
  if _asked is null then
${cn(e,n)}
  else
${A.map(ko).join(`
`)}
  end if;
${A.map(o=>qo(o,t)).join(`
`)}
  if _asked is null then
${en(n)}
  end if;
end $switchback$`}function ko(t,e){let n=t==="pg_attribute"?"int8":"oid";return`    ${E(t)} := coalesce(_asked[${e+1}], '{}')::${n}[];`}function qo(t,e){let n=S.filter(a=>a.catalog===t),o=n.find(a=>a.forms)?.forms?.column,r=t==="pg_attribute"?`    _relations := ${xe};
`:"",i=o?`    _forms := array(select distinct x.${o} from ${t} x where x.oid = any(${E(t)}));
`:"";return`  if ${E(t)} <> '{}' then
    o1 := 'dirty'; o2 := '${t}'; o3 := array_to_string(${E(t)}, ','); return next;
${r}${i}${n.map(a=>No(a,e)).join(`
`)}
  end if;`}function No(t,e){let{relation:n,number:o}=ne("u.id"),r=it(t.sql(e),t.catalog==="pg_attribute"?"_relations":E(t.catalog),`select ${n}, ${o} from unnest(_pg_attribute) u(id)`),i=`return query select 'object', '${S.indexOf(t)}', q.oid::text, q.sub::text, q.kind::text, q.name::text, q.parent::text, q.attributes::text
      from (${r}) q(oid, sub, kind, name, parent, attributes);`;return t.when?`    if exists (select from ${t.catalog} x where x.oid = any(${E(t.catalog)}) and ${t.when}) then ${i} end if;`:t.forms?`    if _forms && '{${t.forms.values}}' then ${i} end if;`:`    ${i}`}async function fn(t){let[e]=await t.query("select current_setting('server_version_num'), current_setting('is_superuser')");return{major:Math.trunc(Number(e?.[0])/1e4),superuser:e?.[1]==="on"}}async function Re(t,e,n){return(await t.query(rt(n.sql(e)))).map(r=>le(n,r))}function le(t,e){let[n,o,r,i,a,s]=e,m={reader:t,oid:n??"0",sub:Number(o),name:i??"",text:s??"{}"};return r?{...m,object:Io(r,m.name,a??void 0,m.text,m.sub)}:m}function Io(t,e,n,o,r){let i=t==="function"||t==="cast";return{kind:t,name:e,...n&&!i?{parent:n}:{},attributes:JSON.parse(o),dependsOn:n&&i?[{on:n,type:"internal"}]:[],...r>0?{position:r}:{}}}var X=new Set(A);async function _n(t,e){let n=new Map(A.map(i=>[i,[]]));for(let i of e)n.get(i.catalog)?.push(i.catalog==="pg_attribute"?Jt(i):i.oid);let o=[...n.values()].map(i=>`"{${i}}"`),r=[];for(let[i,a,...s]of await t.query(gn,[`{${o}}`])){let m=i==="object"?S[Number(a)]:void 0;m&&r.push(le(m,s))}return r}function hn(t,e){for(let n of[...e.gone.keys(),...e.alive.keys()])for(let o of Me(n,t,e))t.delete(o)}function Me(t,e,n){let o=n.gone.get(t);if(o)return o.flatMap(i=>e.at({catalog:t,oid:i,sub:0})??[]);let r=n.alive.get(t);return r?[...e.in(t)].filter(i=>!r.has(i.oid)&&Ao(i)):[]}function Ao({oid:t,row:e}){return e.object?.kind!=="privileges on"||Number(t)>=16384}function*yn(t,e){if(e.moved.deleted("pg_inherits"))for(let n of t.in("pg_class")){let o=n.row.object?.attributes??{};("inherits"in o||"partitionOf"in o)&&(yield n)}if(e.moved.deleted("pg_enum"))for(let n of t.in("pg_type"))n.row.object&&"labels"in n.row.object.attributes&&(yield n);if(e.moved.deleted("pg_class")&&(yield*t.identifiedByIndex),e.commented)for(let n of t.commented)X.has(n.catalog)&&!e.commented.has(n)&&(yield n)}function j({catalog:t,oid:e,sub:n}){return`${t} ${e} ${n}`}var y=class{#e=new Map;constructor(e=[]){for(let n of e)this.add(n)}get size(){return this.#e.size}add(e){this.#e.set(j(e),e)}toggle(e,n){n?this.add(e):this.#e.delete(j(e))}has(e){return this.#e.has(j(e))}[Symbol.iterator](){return this.#e.values()}};function wn(t){return[...t].sort((e,n)=>(e.position??0)-(n.position??0)).map((e,n)=>e.position===n+1?e:{...e,position:n+1})}var Se=class{#e=new Map;#t=new Map;#n=new Map;#o=new Set;#r=new y;#s=new y;#i=new y;at(e){return this.#e.get(e.catalog)?.get(j(e))}in(e){return this.#e.get(e)?.values()??[]}columnsOf(e){return this.#t.get(e)?.values()??[]}get commented(){return this.#r}get hasPrinted(){return this.#s.size>0}get identifiedByIndex(){return this.#i}put(e,n){let o=this.#a(e),r={catalog:e.catalog,oid:e.oid,sub:e.sub,row:n};bn(this.#e,e.catalog).set(o,r),e.catalog==="pg_attribute"&&bn(this.#t,e.oid).set(e.sub,r),this.#r.toggle(e,n.object!==void 0&&"comment"in n.object.attributes),this.#s.toggle(e,n.object!==void 0&&Lo(n.object)),this.#i.toggle(e,n.object!==void 0&&Ko(n.object))}delete(e){if(!this.at(e))return;let n=this.#a(e);if(this.#e.get(e.catalog)?.delete(n),this.#r.toggle(e,!1),this.#s.toggle(e,!1),this.#i.toggle(e,!1),e.catalog==="pg_attribute"&&this.#t.get(e.oid)?.delete(e.sub),e.catalog==="pg_class"){for(let o of[...this.columnsOf(e.oid)])this.delete(o);this.#t.delete(e.oid)}}replaceKind(e,n){let o=[...this.in(e.catalog)].filter(({row:r})=>r.reader===e);this.#d(o,n)}replaceAll(e){this.#d([...this.#e.values()].flatMap(n=>[...n.values()]),e)}*printedOtherwise(){for(let e of this.#n.values()){let n=e&&this.at(e);n&&(e.row.name!==n.row.name?yield n:n.catalog==="pg_type"&&e.row.text!==n.row.text&&(yield n))}}changesIn(e){let n={altered:0,appeared:0,gone:0};for(let[o,r]of this.#n){if(!o.startsWith(`${e} `))continue;let i=this.#e.get(e)?.get(o);!r&&i?n.appeared+=1:r&&!i?n.gone+=1:r?.row.text!==i?.row.text&&(n.altered+=1)}return n}*touched(){for(let e of this.#n.values())e&&(yield e)}settle(e){let n=new Set,o=[];for(let[r,i]of this.#n){let a=this.#e.get(r.slice(0,r.indexOf(" ")))?.get(r);i?.row.object&&n.add(fe(i.row.object.kind,i.row.object.name)),a?.row.object&&a.row.object.kind!=="column"&&o.push(a.row.object)}for(let r of this.#o){let i=[...this.columnsOf(r)].flatMap(a=>a.row.object??[]);o.push(...wn(i))}for(let r of o)n.delete(fe(r.kind,r.name));for(let r of n)e.delete(r);for(let r of o){let i=e.at(fe(r.kind,r.name));(!i||!Co(i,r))&&e.put(r)}this.#n.clear(),this.#o.clear()}#d(e,n){let o=new y(e);for(let r of n){let i=pe(r);o.toggle(i,!1),this.put(i,r)}for(let r of o)this.delete(r)}#a(e){let n=j(e);return this.#n.has(n)||this.#n.set(n,this.at(e)),e.catalog==="pg_attribute"&&this.#o.add(e.oid),n}};function pe(t){return{catalog:t.reader.catalog,oid:t.oid==="0"?t.name:t.oid,sub:t.sub}}function Lo(t){return t.kind==="view"||t.kind==="materialized view"||t.kind==="rule"?!0:(t.kind==="function"||t.kind==="procedure")&&t.attributes.language==="sql"&&!t.attributes.definition.includes(`
AS `)}function Ko(t){return t.kind==="table"&&(t.attributes.replicaIdentity?.startsWith("index ")??!1)}function Co(t,e){return t.parent===e.parent&&t.position===e.position&&(t.attributes===e.attributes||JSON.stringify(t.attributes)===JSON.stringify(e.attributes))}function bn(t,e){let n=t.get(e);if(n)return n;let o=new Map;return t.set(e,o),o}async function Ue(t,e,n,o){for(let r of o)n.replaceKind(r,await Re(t,e,r))}function xn(t){return H.filter(e=>[...t.in(e.catalog)].length>0)}function $n(t,e){let n=new Set;for(let o of e.dirty)n.add(o.catalog);if(e.commented)for(let o of t.commented)e.commented.has(o)||n.add(o.catalog);return n.has("pg_largeobject")&&n.add("pg_largeobject_metadata"),H.filter(o=>n.has(o.catalog)||e.moved.any(o.sources.filter(r=>r!=="pg_description")))}async function Rn(t,e,n){let o=new y(await Mo(t,sn,n)),r=new y([...n,...o]);for(let{catalog:i,oid:a,sub:s}of r){let m=n.some(_=>_.catalog===i&&_.oid===a&&_.sub===s);if(!(i!=="pg_class"||s>0||!(m||!e.at({catalog:i,oid:a,sub:s}))))for(let _ of e.columnsOf(a))o.add(_)}for(let{catalog:i,oid:a}of n){let s={catalog:"pg_class",oid:a,sub:0};i==="pg_attribute"&&Po(e.at(s))&&o.add(s)}for(let i of e.identifiedByIndex)o.add(i);return o}function Po(t){let e=t?.row.object;return e?.kind==="table"&&e.attributes.partitionKey!==void 0}async function Mo(t,e,n){return Uo(await t.query(e,[Fe(n.map(o=>o.catalog)),Fe(n.map(o=>o.oid)),Fe(n.map(o=>o.sub))]))}function Uo(t){return t.map(([e,n,o])=>({catalog:e??"",oid:n??"",sub:Number(o)})).filter(e=>X.has(e.catalog))}function Fe(t){return`{${t.join(",")}}`}async function Sn(t,e,n,o,r){let i=n.moment,a=await t.query(pn,[i.boundary,String(i.alone),...Fo(i.counters),i.newest,String(n.printed),r,Do(n.written),Bo(o)]),s=i,m,_,$=new y,L=new y,K=[],C=[],P=new Map,G=new Map;for(let[k,...Q]of a){let[q,z]=Q;if(k==="object"){let T=S[Number(q)];T&&C.push(le(T,Q.slice(1)))}else if(k==="moment")s=Pe(Q,e);else if(k==="dirty")for(let T of me(z))$.add(q==="pg_attribute"?Ne(T):{catalog:q??"",oid:T,sub:0});else if(k==="unread")for(let T of me(z))K.push({catalog:q??"",oid:T,sub:0});else if(k==="gone")P.set(q??"",me(z));else if(k==="alive")G.set(q??"",new Set(me(z)));else if(k==="commented")L.add({catalog:q??"",oid:z??"",sub:Number(Q[2])});else if(k==="unsure"){let T=Cn=>new y(me(Cn).map(Ne)),[Ln,Kn]=[T(Q[2]),T(Q[3])];_={written:Number(q),found:Number(z),missing:Ln,defaults:Kn}}else k==="members"&&(m={count:Number(q),recent:Number(z)})}let De=new be(i.counters,s.counters);return{moment:s,moved:De,dirty:$,unread:K,rows:C,gone:P,alive:G,commented:De.deleted("pg_description")?L:void 0,unsure:_,members:m}}function Fo(t){return t?[`{${t.written}}`,`{${t.deleted}}`]:["{}","{}"]}function Do(t){let e=new Map(de.map(({catalog:n})=>[n,[]]));for(let{catalog:n,oid:o}of t)o!=="0"&&e.get(n)?.push(o);return`{${[...e.values()].map(n=>`"{${n}}"`)}}`}function Bo(t){return`{${t.map(e=>`"${e.replace(/["\\]/g,"\\$&")}"`)}}`}function me(t){return t?t.split(","):[]}function En(t,e){let{unsure:n,dirty:o,rows:r}=e;if(!n)return!0;let i=n.found,a=new Map(r.map(s=>[j(pe(s)),s.object]));for(let s of o){if(s.catalog!=="pg_attribute")continue;let[m,_]=[t.at(s),a.get(j(s))];Ee(m?.row.object)&&n.defaults.has(s)&&(i+=1),!m&&Ee(_)&&(i+=1,n.missing.has(s)&&(i+=1)),Ee(m?.row.object)&&!a.has(j(s))&&(i+=1)}for(let s of Me("pg_class",t,e))for(let{row:m}of t.columnsOf(s.oid))Ee(m.object)&&(i+=1);return i===n.written}function Ee(t){return t?.kind==="column"&&(t.attributes.default!==void 0||t.attributes.generated!==void 0)}var Wo=[["search_path","pg_catalog, pg_temp"],["quote_all_identifiers","off"],["datestyle","ISO, YMD"],["intervalstyle","postgres"],["timezone","UTC"],["extra_float_digits","1"],["bytea_output","hex"],["lc_monetary","C"],["statement_timeout","0"],["lock_timeout","0"],["jit","off"],["plan_cache_mode","force_generic_plan"]],Go=[["enable_hashjoin","off"],["enable_mergejoin","off"],["enable_seqscan","off"],["enable_bitmapscan","off"]];function vn(t,e){return[...Wo,...e?Go:[]].map(([n,o])=>`set ${t} ${n} = ${n==="search_path"?o:`'${o}'`}`).join("; ")}async function ve(t){await t.execute(vn("session",!0))}async function Tn(t,e,n){try{return await t.execute(`begin isolation level repeatable read; set local session authorization default; set local role none; ${vn("local",e)}`),await n()}finally{t.alive&&await t.execute("rollback")}}var zo=400,Yo=2**31-1,ge=class t{catalog=new We;#e;#t;#n;#o=new Se;#r={boundary:"3",counters:void 0,alone:!1,newest:"0"};#s=0;#i=0;#d=[];#a=new y;constructor(e,n,o){this.#e=e,this.#t=n,this.#n={session:e.session,catalogs:o,counters:n.major>=15,ownCounters:e.shared}}static async open(e){e.shared||await ve(e.session);let n=await fn(e.session),o=new t(e,n,await Vo(e.session));return await o.#l(),await o.readAgain(),o}get question(){return this.#e.shared||!this.#n.counters?void 0:jn}get fullReads(){return this.#i}get written(){return this.#d}get hasEventTriggers(){for(let e of this.#o.in("pg_event_trigger"))return!0;return!1}async readAgain(){await this.#u(()=>this.#f()),this.#c()}#c(){this.#d=[...this.#o.touched()],this.#o.settle(this.catalog)}async readChanges(e,n=[]){if(!await this.#p(e))return this.readAgain();let o=nn(n);await this.#g(o)||await this.#l()&&await this.#g(o)||await this.readAgain()}async passOver(){if(!this.#n.counters)return;let{counters:e}=await Ke(this.#n);this.#r={...this.#r,counters:e}}async#p(e){return this.#e.shared||!this.#n.counters?!0:e!==void 0&&Xo(e)}async letGo(){await this.#m(mn)}async#l(){return this.#m(un(this.#t,this.#n))}async#m(e){let n=this.#t.superuser?"set local session_replication_role = replica;":"";return On(()=>this.#e.session.execute(`${n} ${e}`))}async#g(e){let n=await On(()=>this.#u(()=>this.#y(e)));return n&&this.#c(),n}async#y(e){let n=this.#o,o={moment:this.#r,written:this.#a,printed:n.hasPrinted},r=s=>Sn(this.#e.session,this.#n,o,e,s),i=await r(this.#e.large??zo),a=En(n,i)?i:await r(Yo);if(!await this.#w(a))return this.#f();this.#a=new y([...a.dirty,...a.unread]),this.#r=a.moment,this.#s=a.members?.count??this.#s}#u(e){return this.#e.shared?Tn(this.#e.session,!0,e):e()}async#f(){this.#i+=1;let e=await Ke(this.#n),n=[];for(let o of[...S,...H])n.push(...await Re(this.#e.session,this.#t,o));this.#o.replaceAll(n),this.#a=new y,this.#r=e,this.#s=await Ho(this.#e.session)}async#w(e){let{session:n}=this.#e,o=this.#o;if(await Ue(n,this.#t,o,$n(o,e)),this.#b(e))return!1;hn(o,e),this.#h(e.dirty,e.rows),await this.#_(new y(yn(o,e)));let r=[...o.printedOtherwise()];return r.some(i=>i.catalog==="pg_namespace"||!X.has(i.catalog))?!1:(r.length===0||(await Ue(n,this.#t,o,xn(o)),await this.#_(await Rn(n,o,r))),!0)}#b({members:e}){let{altered:n,appeared:o,gone:r}=this.#o.changesIn("pg_extension");return n>0?!0:e!==void 0&&(e.recent>0||e.count!==this.#s)&&o+r===0}async#_(e){e.size>0&&this.#h(e,await _n(this.#e.session,e))}#h(e,n){let o=new y(e);for(let r of n){let i=pe(r);o.toggle(i,!1),this.#o.put(i,r)}for(let r of o)X.has(r.catalog)&&this.#o.delete(r)}};async function On(t){try{return await t(),!0}catch(e){if(e instanceof v)return!1;throw e}}async function Ho(t){let[e]=await t.query("select count(*) from pg_depend d where d.refclassid = 'pg_extension'::regclass and d.deptype in ('e', 'x')");return Number(e?.[0])}async function Vo(t){return(await t.query(`select coalesce(to_regclass('pg_catalog.' || c.name)::oid, 0)::text
      from unnest($1::text[]) with ordinality c(name, n) order by c.n`,[`{${oe.join(",")}}`])).map(([n])=>n??"0")}var jn="select pg_catalog.pg_stat_force_next_flush(), pg_catalog.current_setting('track_counts')";async function Xo(t){if(!t.alive)return!1;try{let[e]=await t.query(jn);return e?.[1]==="on"}catch(e){if(e instanceof v||e instanceof N)return!1;throw e}}var ue=class{current;constructor(e){this.current=e}get alive(){return this.current.alive}get inTransaction(){return this.current.inTransaction}execute(e,n){return this.current.execute(e,n)}query(e,n){return this.current.query(e,n)}interrupt(){return this.current.interrupt()}close(){return this.current.close()}};var kn=new WeakMap;function qn(t){let e=kn.get(t);return kn.delete(t),e}var Te=class{#e;#t;#n;constructor(e){this.#e=e}expect({mayAddRows:e,mayMoveRows:n}){e&&(this.#e=!0),(e||n)&&(this.#t=this.#n=void 0)}forget(){this.#e=!0,this.#t=this.#n=void 0}saw(e){let n=this.#n?.relations;if(n)for(let{catalog:o,oid:r}of e)(o==="pg_type"||n.has(r))&&(this.#n=void 0)}async fingerprint(e){if(!this.#e)return;if(this.#n)return this.#n.fingerprint;let n=await e.query(this.#t?Nn(Jo):Nn(Qo),[...this.#t?[`{${this.#t}}`]:[]]),o=n.flatMap(([s,m])=>s&&m?[{oid:s,question:m}]:[]),r=n.flatMap(([s,,m])=>s&&m?[{oid:s,state:m}]:[]);this.#t=o.map(({oid:s})=>s);let i=await Zo(e,o.map(({question:s})=>s));this.#e=i.length+r.length>0;let a=this.#e?[...i,...r.map(({state:s})=>s)].join(`
`):void 0;return this.#n={fingerprint:a,relations:new Set([...o,...r].map(({oid:s})=>s))},a}},Qo=`c.oid >= ${16384}`,Jo="c.oid = any($1::oid[])";function Nn(t){return`
(select c.oid::text, format('select %L, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from only %s t',
              c.oid::regclass, c.oid::regclass), null
from pg_catalog.pg_class c
where ${t} and c.relkind in ('r', 'm') and c.relispopulated and c.relpersistence <> 't'
  and pg_catalog.pg_relation_size(c.oid) > 0
order by c.oid::regclass::text collate "C")
union all
(select q.oid::text, null, format('%s %s', q.name, q.value)
from (select c.oid, c.oid::regclass::text collate "C" as name,
    case when pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE') then pg_catalog.pg_sequence_last_value(c.oid) end as value
  from pg_catalog.pg_sequence s join pg_catalog.pg_class c on c.oid = s.seqrelid where c.relpersistence <> 't') q
where q.value is not null order by q.name)`}async function Zo(t,e){let n=[];for(let o=0;o<e.length;o+=In){let r=await t.query(e.slice(o,o+In).join(" union all "));n.push(...r.filter(([,i])=>i!=="0").map(i=>i.join(" ")))}return n}var In=200;var An=class t{database;#e;#t;#n;#o;#r;#s=[];#i="nothing";constructor(e,n,o,r){this.database=e,this.#o=n,this.#t=o,this.#e=o.current!==n,this.#n=new Te(r)}static async open(e,n,o){let r=qn(n);if(r){let s=new t(n,r.line.current,r.line,o);return s.#r=r.reader,s.#i="some",s}let i=await n.connect(),a=e.sessions>1?await n.connect():i;return new t(n,i,new ue(a),o)}get session(){return this.#o}get observer(){return this.#e?this.#t:void 0}async run(e,n){this.#n.expect(re(e)),this.#d(),this.#s.push(e.file.text.slice(e.start,e.end));let{transactions:o,session:r,dropsPlpgsql:i}=re(e);i&&await this.#r?.letGo();let a=o||r?void 0:this.#r?.question,s=await tt(this.#o,e,n,a),_=this.#o.alive||await this.revive();if(s.kind==="engine-lost"&&s.error&&(_||nt(s)))return{...s,kind:"failed",error:s.error};if(!_||s.kind==="engine-lost")return s;let $=await this.#p(e,s.kind!=="done");return $&&s.kind==="done"?{...s,kind:"failed",error:$,offset:e.start}:s}async revive(){if(this.#o.alive&&this.#t.alive)return!0;try{return this.#o.alive||(this.#o=await this.database.connect()),this.#e?this.#t.alive||(this.#t.current=await this.database.connect(),this.#r&&await ve(this.#t)):this.#t.current=this.#o,this.#i="nothing",!0}catch(e){if(e instanceof N||e instanceof v)return!1;throw e}}async read(){let e=await this.#a(()=>this.#c());return this.#i="all",e.catalog.savepoint()}changesSince(e,n){return this.#r?Ye(this.#r.catalog,e,n,"printed").sort(er):[]}get isRead(){return this.#i==="all"}touched(){this.#n.forget(),this.#d()}#d(){this.#i==="all"&&(this.#i="some")}async undone(){let e=this.#r;e&&this.#i==="all"&&await this.#a(()=>e.passOver())}async rows(){return this.#a(()=>this.#n.fingerprint(this.#t))}async close(){await this.#o.close(),await this.#t.close()}async#a(e){try{return await e()}catch(n){if(!(n instanceof N)||!await this.revive())throw n;return e()}}async#c(){return this.#r&&this.#i==="all"?this.#r:(this.#r?this.#i==="nothing"?await this.#r.readAgain():await this.#r.readChanges(this.#o,this.#s):this.#r=await ge.open({session:this.#t,shared:!this.#e}),this.#s=[],this.#r.hasEventTriggers?this.#n.forget():this.#n.saw(this.#r.written),this.#r)}async#p(e,n){let{transactions:o,session:r}=re(e),i=o&&!n&&await Ve(this.#o),a=r||o||n?await this.clean(e):void 0;return a!==void 0?nr(a):i?tr():void 0}async#l(){await this.#o.close(),this.#o=await this.database.connect(),this.#t.current=this.#o}async clean(e){if(this.#e?await He(this.#o,this.#r?.question):await this.#l(),!re(e).preparesTransactions)return;let[n]=await Xe(this.#o);return n}};function er(t,e){let n=(o,r)=>+(o>r)-+(o<r);return n(t.object,e.object)||n(t.kind,e.kind)}function tr(){return new v({sqlstate:"25001",message:"the file leaves a transaction open, so what it did is never committed",hint:"End the transaction with COMMIT."})}function nr(t){return new v({sqlstate:"55000",message:`the file leaves the prepared transaction "${t}" behind: its work is not committed and its locks stay`,hint:`End it with COMMIT PREPARED ${ze(t)}, in a file of its own.`})}export{Oe as a,M as b,se as c,nt as d,fr as e,br as f,Er as g,An as h};
