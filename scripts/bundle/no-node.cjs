// Stands for what only Node has, in the bundle for browsers.
module.exports = {};
