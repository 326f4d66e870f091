import os
import pathlib

password = pathlib.Path(os.environ["MAIL_PASSWORD_FILE"]).read_text()
