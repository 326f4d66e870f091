const http = require("http");

http
  .createServer((request, response) => response.end(`node ${process.getuid()}\n`))
  .listen(8080);
