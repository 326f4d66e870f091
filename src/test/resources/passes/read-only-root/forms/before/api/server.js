const app = require('express')();
app.get('/', (request, response) => response.send('ahoy'));
app.listen(3000);
