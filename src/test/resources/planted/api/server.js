const secret = process.env.JWT_SECRET;
require("http").createServer((q, a) => a.end(String(secret.length))).listen(8080);
