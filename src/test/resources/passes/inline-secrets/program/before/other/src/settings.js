module.exports = process.env.DB_PASSWORD; // no NOT_DB_PASSWORD_FILE
