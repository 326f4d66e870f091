<?php
echo "php ", posix_getuid(), "\n";
