"""The app with the phone's files of another folder: how a test deploys a later version."""

import os
from pathlib import Path

from app.core.assets import Assets
from app.factory import create_app

app = create_app()
app.extensions["inhand.assets"] = Assets(Path(os.environ["PHONE_FILES"]))
app.jinja_env.globals["asset"] = app.extensions["inhand.assets"]
