const fs = require('fs');
const password = process.env.DB_PASSWORD_FILE ? fs.readFileSync(process.env.DB_PASSWORD_FILE, 'utf8') : process.env.DB_PASSWORD;
module.exports = { password, secret: process.env.JWT_SECRET };
