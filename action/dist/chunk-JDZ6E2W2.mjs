import{createRequire as _createRequire}from"node:module";import{fileURLToPath as _toPath}from"node:url";import{dirname as _dirname}from"node:path";const require=_createRequire(import.meta.url),__filename=_toPath(import.meta.url),__dirname=_dirname(__filename);
function r(e){return e.replaceAll(/[\\^$.*+?()[\]{}|]/g,"\\$&")}export{r as a};
