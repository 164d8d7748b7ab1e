/* webBuilder */
var siteInfo = {"projectName": "/EWB-FRONT", "siteGuid": "bc6e816e-4cfa-4317-9c8c-1e74c712d3fe", "siteName": "云河市"};
function getUrlParam(name) { return ""; }
