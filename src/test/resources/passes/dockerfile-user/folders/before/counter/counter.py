import sqlite3

# beside the program
connection = sqlite3.connect("counter.db")
