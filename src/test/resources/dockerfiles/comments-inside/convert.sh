#!/bin/sh
while :; do sleep 10; done
