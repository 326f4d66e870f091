const fs = require('fs');
fs.appendFileSync('visits.log', 'one more');
