import os
import sqlite3

os.makedirs("data", exist_ok=True)
connection = sqlite3.connect("data/notes.db")
connection.execute("create table if not exists note (text)")
