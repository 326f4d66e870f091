import os

import flask

app = flask.Flask(__name__)

# made here when it is not there
os.makedirs("uploads", exist_ok=True)


@app.post("/<name>")
def keep(name):
    flask.request.files["picture"].save("uploads/" + name)
    with open("/tmp/" + name, "wb") as file:
        file.write(b"")
    return "kept"


app.run("0.0.0.0", 8000)
