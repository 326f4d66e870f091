#!/bin/sh
exec /usr/bin/wiki
