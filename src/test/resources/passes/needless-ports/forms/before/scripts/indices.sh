#!/bin/sh
curl -fsS http://localhost:9200/_cat/indices
