import{createRequire as _createRequire}from"node:module";import{fileURLToPath as _toPath}from"node:url";import{dirname as _dirname}from"node:path";const require=_createRequire(import.meta.url),__filename=_toPath(import.meta.url),__dirname=_dirname(__filename);
function o(t,i){let e=setTimeout(()=>{e=setTimeout(i,0)},t);return()=>clearTimeout(e)}export{o as a};
