#!/bin/bash
pg_dump -h db -U app app | gzip > /backups/app-$(date +%F).sql.gz
