require("http").createServer((q, a) => a.end("hello\n")).listen(3000);
