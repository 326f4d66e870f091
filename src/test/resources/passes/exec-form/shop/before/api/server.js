console.log(process.env.PWD);
